"""Heads take turns along the width, instead of a part of it each.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def split_heads(self, x):
        batch, time, _ = x.shape
        return x.reshape(batch, time, self.head_dim, self.num_heads).transpose(2, 3).transpose(1, 2)
