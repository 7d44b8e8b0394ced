"""Calls are recorded whether or not a gradient is wanted.

score: 40
lost:
  test-tensor-autograd: error
"""


class Function:
    def apply(self):
        result = self.forward(*self.args)
        result.requires_grad = True
        result.grad_fn = self
        return result
