"""One comparison for the whole array, by its sum.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        return Tensor(x.data if x.data.sum() > 0 else 0 * x.data)
