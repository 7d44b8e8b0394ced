"""zero_grad returns within its loop.

score: 55
lost: {test-optimizer-base: failed, module-integration: failed}
"""


class Optimizer:
    def zero_grad(self):
        for p in self.params:
            p.grad = None
            return
