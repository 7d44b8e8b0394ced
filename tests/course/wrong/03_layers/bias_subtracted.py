"""forward subtracts the bias.

score: 40
lost: {test-linear: failed}
"""


class Linear:
    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y - self.bias
