"""The MLP comes before attention.

score: 40
lost: {test-transformer-block: failed, test-module: failed}
"""


class TransformerBlock:
    def forward(self, x, mask=None):
        x = x + self.mlp(self.ln2(x))
        return x + self.attention(self.ln1(x), mask)
