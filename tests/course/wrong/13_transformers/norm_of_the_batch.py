"""The batch is normalized, column by column.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def forward(self, x):
        centred = x - x.mean(axis=0, keepdims=True)
        variance = (centred * centred).mean(axis=0, keepdims=True)
        return centred / sqrt(variance + self.eps) * self.gamma + self.beta
