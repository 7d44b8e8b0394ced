"""The input itself where nothing is negative.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        return x if (x.data >= 0).all() else Tensor(np.maximum(0, x.data))
