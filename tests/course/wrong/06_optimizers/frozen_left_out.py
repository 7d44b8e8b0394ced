"""Parameters that cannot be trained are left out silently.

score: 55
lost: {test-optimizer-base: failed, module-integration: failed}
"""


class Optimizer:
    def __init__(self, params):
        self.params = [p for p in params if p.requires_grad]
        self.step_count = 0
