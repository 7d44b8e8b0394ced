"""Nesterov's momentum looks one step ahead.

score: 75
lost: {test-sgd: failed}
"""


class SGD:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            change = gradient = p.grad.data + self.weight_decay * p.data
            if self.has_momentum():
                if self.momentum_buffers[index] is not None:
                    change = self.momentum * self.momentum_buffers[index] + change
                self.momentum_buffers[index] = change
                change = gradient + self.momentum * change
            p.data -= self.lr * change
