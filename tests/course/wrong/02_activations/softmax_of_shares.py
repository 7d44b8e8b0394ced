"""Scores divided by their sum, without an exponential.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        shifted = x.data - x.data.min(axis=dim, keepdims=True)
        return Tensor(shifted / shifted.sum(axis=dim, keepdims=True))
