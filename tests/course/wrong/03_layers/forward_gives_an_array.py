"""forward gives NumPy's array, not a Tensor.

score: 15
lost: {test-linear: failed, test-linear-edge-cases: failed, module-integration: failed}
"""


class Linear:
    def forward(self, x):
        y = x.data @ self.weight.data
        return y if self.bias is None else y + self.bias.data
