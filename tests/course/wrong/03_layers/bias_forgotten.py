"""forward leaves the bias out.

score: 40
lost: {test-linear: failed}
"""


class Linear:
    def forward(self, x):
        return x @ self.weight
