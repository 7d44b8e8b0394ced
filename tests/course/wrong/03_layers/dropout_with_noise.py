"""A normal distribution where a uniform one belongs.

score: 25
lost: {test-dropout: failed, module-integration: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if not training or self.p == 0:
            return x
        if self.p == 1:
            return x * 0
        stays = np.random.randn(*x.shape) >= self.p
        return x * Tensor(stays / (1 - self.p))
