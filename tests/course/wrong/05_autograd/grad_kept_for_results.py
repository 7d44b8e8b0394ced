"""Results on the way keep their gradients, which a second walk hands on again.

score: 40
lost:
  test-tensor-autograd: failed
"""


def backward(self, gradient=None):
    if not self.requires_grad:
        raise ValueError("nothing requires a gradient")
    if gradient is None and self.size != 1:
        raise ValueError("a gradient is missing")
    start = Tensor(np.ones(self.shape) if gradient is None else gradient)
    if start.shape != self.shape:
        raise ValueError("a gradient of the wrong shape")
    self.grad = start if self.grad is None else Tensor(self.grad.data + start.data)
    for tensor in graph_order(self):
        if tensor.grad_fn is None:
            continue
        for each, part in tensor.grad_fn.gradients(tensor.grad.data):
            each.grad = Tensor(part if each.grad is None else each.grad.data + part)
