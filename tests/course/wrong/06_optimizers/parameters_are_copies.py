"""The optimizer trains copies of the parameters.

score: 0
lost: {test-optimizer-base: failed, test-sgd: failed, test-adam: failed, test-adamw: failed, module-integration: failed}
"""


class Optimizer:
    def __init__(self, params):
        self.params = [Tensor(p, requires_grad=p.requires_grad) for p in params]
        if not all(p.requires_grad for p in params):
            raise ValueError("nothing to train")
        self.step_count = 0
