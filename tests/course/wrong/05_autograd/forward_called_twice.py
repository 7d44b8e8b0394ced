"""forward is called once for the result, and once more to be recorded.

score: 40
lost:
  test-tensor-autograd: failed
"""


class Function:
    def apply(self):
        if not self.inputs:
            return self.forward(*self.args)
        result = Tensor(self.forward(*self.args).data, requires_grad=True)
        result.grad_fn = self
        self.result = self.forward(*self.args)
        return result
