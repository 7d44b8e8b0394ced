"""Powers of 2 in place of e.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp2(x.data - x.data.max(axis=dim, keepdims=True))
        return Tensor(e / e.sum(axis=dim, keepdims=True))
