"""The parts read the stream as it is.

score: 40
lost: {test-transformer-block: failed, test-module: failed}
"""


class TransformerBlock:
    def forward(self, x, mask=None):
        x = x + self.attention(x, mask)
        return x + self.mlp(x)
