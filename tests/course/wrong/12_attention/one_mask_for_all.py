"""The first example's mask serves the whole batch.

score: 30
lost: {test-multihead: failed}
"""


class MultiHeadAttention:
    def forward(self, x, mask=None):
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        if mask is not None:
            mask = mask[0]
        output, _ = scaled_dot_product_attention(Q, K, V, mask)
        return self.out_proj(self.merge_heads(output))
