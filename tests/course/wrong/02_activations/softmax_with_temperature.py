"""Scores are halved first: a temperature of 2.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp((x.data - x.data.max(axis=dim, keepdims=True)) / 2)
        return Tensor(e / e.sum(axis=dim, keepdims=True))
