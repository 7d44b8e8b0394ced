"""The mask is not handed on.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def forward(self, x, mask=None):
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        output, _ = scaled_dot_product_attention(Q, K, V)
        return self.out_proj(self.merge_heads(output))
