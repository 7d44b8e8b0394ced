"""The minimum is subtracted, not the maximum.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp(x.data - x.data.min(axis=dim, keepdims=True))
        return Tensor(e / e.sum(axis=dim, keepdims=True))
