"""The sigmoid of x/2: the right range and symmetry, the wrong values.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def forward(self, x):
        return Tensor(1 / (1 + np.exp(-x.data / 2)))
