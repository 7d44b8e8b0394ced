"""Every path through the graph is walked, not every Tensor.

score: 40
lost:
  test-tensor-autograd: timeout
"""


def backward(self, gradient=None):
    if not self.requires_grad:
        raise ValueError("nothing requires a gradient")
    if gradient is None and self.size != 1:
        raise ValueError("a gradient is missing")
    start = Tensor(np.ones(self.shape) if gradient is None else gradient)
    if start.shape != self.shape:
        raise ValueError("a gradient of the wrong shape")
    stack = [(self, start.data)]
    while stack:
        tensor, gradient = stack.pop()
        if tensor.grad_fn is None:
            tensor.grad = Tensor(gradient if tensor.grad is None else tensor.grad.data + gradient)
            continue
        stack += tensor.grad_fn.gradients(gradient)
