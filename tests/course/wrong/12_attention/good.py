"""MultiHeadAttention attends by itself, so that a mistake in the bare formula is charged to that alone."""


class MultiHeadAttention:
    def forward(self, x, mask=None):
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        scores = Q @ K.transpose() * (1 / self.head_dim**0.5)
        if mask is not None:
            batch, time, _ = mask.shape
            scores = scores - (1 - mask.reshape(batch, 1, time, time)) * 1e9
        return self.out_proj(self.merge_heads(Softmax()(scores) @ V))
