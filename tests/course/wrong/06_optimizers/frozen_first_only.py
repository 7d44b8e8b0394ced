"""Only the first parameter's requires_grad is looked at.

score: 55
lost: {test-optimizer-base: failed, module-integration: failed}
"""


class Optimizer:
    def __init__(self, params):
        self.params = list(params)
        if self.params and not self.params[0].requires_grad:
            raise ValueError("nothing to train")
        self.step_count = 0
