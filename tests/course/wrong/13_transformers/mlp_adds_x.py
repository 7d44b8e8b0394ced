"""The MLP adds x itself, which is the block's business.

score: 45
lost: {test-mlp: failed, test-module: failed}
"""


class MLP:
    def forward(self, x):
        return x + self.linear2(self.gelu(self.linear1(x)))
