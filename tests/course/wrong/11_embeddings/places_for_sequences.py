"""x without a batch is accepted.

score: 55
lost: {test-positional: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        length, width = x.shape[-2:]
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError("too long or too wide")
        return x + self.position_embeddings[:length]
