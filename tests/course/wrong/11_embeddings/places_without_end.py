"""Length is left to broadcasting, which repeats a single row.

score: 40
lost: {test-positional: failed, test-complete-system: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, width = x.shape
        if width != self.embed_dim:
            raise ValueError("too wide")
        return x + self.position_embeddings[:length]
