"""W @ x: the sizes do not fit.

score: 15
lost: {test-linear: error, test-linear-edge-cases: error, module-integration: error}
"""


class Linear:
    def forward(self, x):
        y = self.weight @ x
        return y if self.bias is None else y + self.bias
