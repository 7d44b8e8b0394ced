"""Parameters that have no gradient decay, too.

score: 45
lost: {test-adamw: failed, module-integration: failed}
"""


class AdamW:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                p.data -= self.lr * self.adapt(index, p.grad.data)
            p.data *= 1 - self.lr * self.weight_decay
