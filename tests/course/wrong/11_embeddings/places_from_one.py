"""Places are counted from 1.

score: 20
lost: {test-positional: failed, test-complete-system: failed, module-test: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError("too long or too wide")
        rows = [min(place, self.max_seq_len - 1) for place in range(1, length + 1)]
        return x + self.position_embeddings[rows]
