"""step_count begins at 1.

score: 0
lost: {test-optimizer-base: failed, test-sgd: failed, test-adam: failed, test-adamw: failed, module-integration: failed}
"""


class Optimizer:
    def __init__(self, params):
        self.params = list(params)
        if not all(p.requires_grad for p in self.params):
            raise ValueError("nothing to train")
        self.step_count = 1
