"""A GELU stands behind the second layer, too.

score: 45
lost: {test-mlp: failed, test-module: failed}
"""


class MLP:
    def forward(self, x):
        return self.gelu(self.linear2(self.gelu(self.linear1(x))))
