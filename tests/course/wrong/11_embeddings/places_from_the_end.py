"""The last T rows are added, not the first.

score: 40
lost: {test-positional: failed, test-complete-system: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError("too long or too wide")
        return x + self.position_embeddings[-length:]
