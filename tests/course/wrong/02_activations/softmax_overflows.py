"""No maximum is subtracted.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp(x.data)
        return Tensor(e / e.sum(axis=dim, keepdims=True))
