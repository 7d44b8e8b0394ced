"""The sum lacks keepdims and does not line up.

score: 40
lost: {test-softmax: error, module-test: error}
"""


class Softmax:
    def forward(self, x, dim=-1):
        e = np.exp(x.data - x.data.max(axis=dim, keepdims=True))
        return Tensor(e / e.sum(axis=dim))
