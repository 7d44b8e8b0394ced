"""Everything is computed with data, and x gets no gradient.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def forward(self, x):
        centred = x.data - x.data.mean(axis=-1, keepdims=True)
        normal = Tensor(centred / np.sqrt(x.data.var(axis=-1, keepdims=True) + self.eps))
        return normal * self.gamma + self.beta
