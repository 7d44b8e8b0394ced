"""The norms stand behind the sums.

score: 40
lost: {test-transformer-block: failed, test-module: failed}
"""


class TransformerBlock:
    def forward(self, x, mask=None):
        x = self.ln1(x + self.attention(x, mask))
        return self.ln2(x + self.mlp(x))
