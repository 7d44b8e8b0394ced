"""The maximum of the whole array is subtracted, not that along dim.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp(x.data - x.data.max())
        return Tensor(e / e.sum(axis=dim, keepdims=True))
