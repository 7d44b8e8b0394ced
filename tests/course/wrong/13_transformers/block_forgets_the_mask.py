"""The mask is not handed on.

score: 40
lost: {test-transformer-block: failed, test-module: failed}
"""


class TransformerBlock:
    def forward(self, x, mask=None):
        x = x + self.attention(self.ln1(x))
        return x + self.mlp(self.ln2(x))
