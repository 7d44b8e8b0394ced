"""The mask gets no direction for the heads.

score: 30
lost: {test-multihead: error}
"""


class MultiHeadAttention:
    def forward(self, x, mask=None):
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        output, _ = scaled_dot_product_attention(Q, K, V, mask)
        return self.out_proj(self.merge_heads(output))
