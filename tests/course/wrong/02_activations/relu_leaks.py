"""Negative numbers are made small, not 0.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        return Tensor(np.where(x.data > 0, x.data, 0.01 * x.data))
