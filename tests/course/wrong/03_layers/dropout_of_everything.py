"""p = 1 divides by 0.

score: 45
lost: {test-dropout: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if not training or self.p == 0:
            return x
        stays = np.random.random(x.shape) >= self.p
        return x * Tensor(stays / (1 - self.p))
