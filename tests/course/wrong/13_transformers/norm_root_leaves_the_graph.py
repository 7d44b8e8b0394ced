"""The deviation is computed with data, and gets no gradient.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def forward(self, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = (centred * centred).mean(axis=-1, keepdims=True)
        return centred / Tensor(np.sqrt(x.data.var(axis=-1, keepdims=True) + self.eps)) * self.gamma + self.beta
