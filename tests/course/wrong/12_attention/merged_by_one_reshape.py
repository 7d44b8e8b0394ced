"""One reshape merges the heads, and mixes tokens.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def merge_heads(self, x):
        batch, _, time, _ = x.shape
        return x.reshape(batch, time, self.embed_dim)
