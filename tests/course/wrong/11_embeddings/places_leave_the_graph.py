"""The sum is computed on arrays: no gradient comes back.

score: 20
lost: {test-positional: error, test-complete-system: error, module-test: failed}
"""


class PositionalEncoding:
    def forward(self, x):
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError("too long or too wide")
        return Tensor(x.data + self.position_embeddings.data[:length])
