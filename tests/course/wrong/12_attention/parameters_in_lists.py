"""parameters() gives a list of lists.

score: 10
lost: {test-multihead: failed, module-test: error}
"""


class MultiHeadAttention:
    def parameters(self):
        return [layer.parameters() for layer in (self.q_proj, self.k_proj, self.v_proj, self.out_proj)]
