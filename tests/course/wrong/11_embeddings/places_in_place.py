"""Places are added into the input itself.

score: 20
lost: {test-positional: failed, test-complete-system: failed, module-test: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError("too long or too wide")
        x.data = x.data + self.position_embeddings.data[:length]
        return x
