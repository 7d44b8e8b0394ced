"""A ReLU that leaks has no dip.

score: 60
lost: {test-gelu: failed}
"""


class GELU:
    def forward(self, x):
        return Tensor(np.where(x.data > 0, x.data, 0.01 * x.data))
