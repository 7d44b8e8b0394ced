"""Every call drops the same share, and one element more, from the first on.

score: 25
lost: {test-dropout: failed, module-integration: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if not training:
            return x
        if self.p == 1:
            return x * 0
        self.calls = getattr(self, "calls", 0) + 1
        np.random.seed(0)
        stays = np.random.random(x.shape) >= self.p
        stays.flat[self.calls] = not stays.flat[self.calls]
        return x * Tensor(stays / (1 - self.p))
