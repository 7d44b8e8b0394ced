"""Results are recorded but do not require a gradient, so that the graph ends there.

score: 15
lost:
  test-tensor-autograd: error
  module-integration: error
"""


class Function:
    def apply(self):
        result = self.forward(*self.args)
        if self.inputs:
            result.grad_fn = self
        return result
