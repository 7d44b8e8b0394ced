"""The variance is divided by D - 1.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def forward(self, x):
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = (centred * centred).sum(axis=-1, keepdims=True) / (x.shape[-1] - 1)
        return centred / sqrt(variance + self.eps) * self.gamma + self.beta
