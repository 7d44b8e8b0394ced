"""mlp_ratio is not looked at.

score: 65
lost: {test-transformer-block: failed}
"""


class TransformerBlock:
    def __init__(self, embed_dim, num_heads, mlp_ratio=4):
        self.ln1 = LayerNorm(embed_dim)
        self.attention = MultiHeadAttention(embed_dim, num_heads)
        self.ln2 = LayerNorm(embed_dim)
        self.mlp = MLP(embed_dim)
