"""A Tensor that requires no gradient gets one.

score: 40
lost:
  test-tensor-autograd: failed
"""


def backward(self, gradient=None):
    if gradient is None and self.size != 1:
        raise ValueError(f"backward() of a Tensor of shape {self.shape} needs a gradient of that shape")
    start = Tensor(np.ones(self.shape) if gradient is None else gradient)
    if start.shape != self.shape:
        raise ValueError(f"a gradient of shape {start.shape} for a Tensor of shape {self.shape}")
    gradients = {id(self): start.data}
    for tensor in graph_order(self):
        gradient = gradients.pop(id(tensor))
        if tensor.grad_fn is None:
            tensor.grad = Tensor(gradient if tensor.grad is None else tensor.grad.data + gradient)
            continue
        for each, part in tensor.grad_fn.gradients(gradient):
            gradients[id(each)] = gradients.get(id(each), 0) + part
