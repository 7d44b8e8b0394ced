"""Queries, keys and values are put into new Tensors, which no gradient passes.

score: 25
lost: {module-test: failed}
"""


class MultiHeadAttention:
    def forward(self, x, mask=None):
        Q, K, V = (Tensor(self.split_heads(project(x)).data) for project in (self.q_proj, self.k_proj, self.v_proj))
        if mask is not None:
            mask = mask.reshape(-1, 1, *mask.shape[-2:])
        output, _ = scaled_dot_product_attention(Q, K, V, mask)
        return self.out_proj(self.merge_heads(output))
