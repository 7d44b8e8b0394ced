"""Elements drop in the input itself.

score: 45
lost: {test-dropout: failed}
"""


class Dropout:
    def forward(self, x, training=True):
        if not training or self.p == 0:
            return x
        x.data[np.random.random(x.shape) < self.p] = 0
        return x if self.p == 1 else x / (1 - self.p)
