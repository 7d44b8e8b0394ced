"""The last projection is left out.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def forward(self, x, mask=None):
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        if mask is not None:
            mask = mask.reshape(-1, 1, *mask.shape[-2:])
        output, _ = scaled_dot_product_attention(Q, K, V, mask)
        return self.merge_heads(output)
