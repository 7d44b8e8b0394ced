"""One mean and one variance serve the whole block.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class LayerNorm:
    def forward(self, x):
        centred = x - x.mean()
        variance = (centred * centred).mean()
        return centred / sqrt(variance + self.eps) * self.gamma + self.beta
