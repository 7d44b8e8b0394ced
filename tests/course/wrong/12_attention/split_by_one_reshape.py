"""One reshape splits the heads, and mixes tokens.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def split_heads(self, x):
        batch, time, _ = x.shape
        return x.reshape(batch, self.num_heads, time, self.head_dim)
