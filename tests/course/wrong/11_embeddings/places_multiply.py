"""Places are multiplied with words.

score: 20
lost: {test-positional: failed, test-complete-system: failed, module-test: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError("too long or too wide")
        return x * self.position_embeddings[:length]
