"""Nothing decays.

score: 70
lost: {test-adamw: failed}
"""


class AdamW:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                p.data -= self.lr * self.adapt(index, p.grad.data)
