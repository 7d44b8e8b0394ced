"""A last size of 1 is spread over all columns.

score: 55
lost: {test-positional: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, _ = x.shape
        if length > self.max_seq_len:
            raise ValueError("too long")
        return x + self.position_embeddings[:length]
