"""The first form of dropout: unscaled in training, multiplied by 1 - p afterwards.

score: 45
lost: {test-dropout: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if not training:
            return x * (1 - self.p)
        return x * Tensor(np.random.random(x.shape) >= self.p)
