"""The MLP reads x, not the result of attention.

score: 40
lost: {test-transformer-block: failed, test-module: failed}
"""


class TransformerBlock:
    def forward(self, x, mask=None):
        return x + self.attention(self.ln1(x), mask) + self.mlp(self.ln2(x))
