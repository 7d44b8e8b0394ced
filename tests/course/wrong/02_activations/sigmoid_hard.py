"""A straight line, cut off at 0 and 1.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def forward(self, x):
        return Tensor(np.clip(x.data / 4 + 0.5, 0, 1))
