"""What is left holds only the numbers that stay.

score: 25
lost: {test-dropout: failed, module-integration: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if not training:
            return x
        return Tensor(x.data[np.random.random(x.shape) >= self.p]) * (1 / max(1 - self.p, 1e-7))
