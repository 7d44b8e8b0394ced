"""parameters() gives copies.

score: 10
lost: {test-multihead: failed, module-test: failed}
"""


class MultiHeadAttention:
    def parameters(self):
        layers = (self.q_proj, self.k_proj, self.v_proj, self.out_proj)
        return [Tensor(each, requires_grad=True) for layer in layers for each in layer.parameters()]
