"""Heads stay behind the time.

score: 10
lost: {test-multihead: failed, module-test: error}
"""


class MultiHeadAttention:
    def split_heads(self, x):
        batch, time, _ = x.shape
        return x.reshape(batch, time, self.num_heads, self.head_dim)
