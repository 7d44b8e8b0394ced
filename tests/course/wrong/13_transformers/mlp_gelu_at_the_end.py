"""The GELU stands behind the second layer only.

score: 45
lost: {test-mlp: failed, test-module: failed}
"""


class MLP:
    def forward(self, x):
        return self.gelu(self.linear2(self.linear1(x)))
