"""Queries, keys and values share one projection.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def __init__(self, embed_dim, num_heads):
        if embed_dim % num_heads:
            raise ValueError(f"{num_heads} heads cannot share a width of {embed_dim}")
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.q_proj = Linear(embed_dim, embed_dim)
        self.k_proj = self.q_proj
        self.v_proj = self.q_proj
        self.out_proj = Linear(embed_dim, embed_dim)
