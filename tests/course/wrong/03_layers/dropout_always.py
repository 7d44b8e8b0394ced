"""training is ignored.

score: 45
lost: {test-dropout: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if self.p == 0:
            return x
        if self.p == 1:
            return x * 0
        stays = np.random.random(x.shape) >= self.p
        return x * Tensor(stays / (1 - self.p))
