"""zero_grad fills gradients with zeros, as PyTorch once did.

score: 80
lost: {test-optimizer-base: failed}
"""


class Optimizer:
    def zero_grad(self):
        for p in self.params:
            p.grad = Tensor(np.zeros(p.shape))
