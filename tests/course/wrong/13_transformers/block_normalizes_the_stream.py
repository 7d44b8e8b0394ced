"""The shortcuts begin behind the norms.

score: 40
lost: {test-transformer-block: failed, test-module: failed}
"""


class TransformerBlock:
    def forward(self, x, mask=None):
        x = self.ln1(x)
        x = x + self.attention(x, mask)
        x = self.ln2(x)
        return x + self.mlp(x)
