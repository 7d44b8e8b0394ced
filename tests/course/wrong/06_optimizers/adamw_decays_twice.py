"""super().step() puts the decay into the gradient, and then the weight decays as well.

score: 45
lost: {test-adamw: failed, module-integration: failed}
"""


class AdamW:
    def step(self):
        super().step()
        for p in self.params:
            p.data *= 1 - self.lr * self.weight_decay
