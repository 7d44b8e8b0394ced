"""parameters() leaves the last projection out.

score: 10
lost: {test-multihead: failed, module-test: error}
"""


class MultiHeadAttention:
    def parameters(self):
        return [each for layer in (self.q_proj, self.k_proj, self.v_proj) for each in layer.parameters()]
