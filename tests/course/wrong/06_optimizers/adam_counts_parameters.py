"""step_count counts parameters, not steps.

score: 45
lost: {test-adam: failed, module-integration: failed}
"""


class Adam:
    def step(self):
        for index, p in enumerate(self.params):
            if p.grad is not None:
                self.step_count += 1
                p.data -= self.lr * self.adapt(index, p.grad.data + self.weight_decay * p.data)
