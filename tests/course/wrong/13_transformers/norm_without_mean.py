"""The mean stays where it is.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def forward(self, x):
        centred = x
        variance = (centred * centred).mean(axis=-1, keepdims=True)
        return centred / sqrt(variance + self.eps) * self.gamma + self.beta
