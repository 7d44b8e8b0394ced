"""One norm serves twice.

score: 20
lost: {test-transformer-block: failed, test-gpt: failed, test-module: failed}
"""


class TransformerBlock:
    def __init__(self, embed_dim, num_heads, mlp_ratio=4):
        self.ln1 = LayerNorm(embed_dim)
        self.attention = MultiHeadAttention(embed_dim, num_heads)
        self.ln2 = self.ln1
        self.mlp = MLP(embed_dim, mlp_ratio * embed_dim)
