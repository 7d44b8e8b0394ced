"""parameters() gives Tensors with the same numbers, not the layer's own.

score: 50
lost: {test-linear-grad-prep: failed}
"""


class Linear:
    def parameters(self):
        return [Tensor(each, requires_grad=True) for each in (self.weight, self.bias) if each is not None]
