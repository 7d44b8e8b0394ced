"""The velocity is an average, m v + (1 - m) g.

score: 75
lost: {test-sgd: failed}
"""


class SGD:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            change = p.grad.data + self.weight_decay * p.data
            if self.has_momentum():
                old = self.momentum_buffers[index]
                change = self.momentum * (0 if old is None else old) + (1 - self.momentum) * change
                self.momentum_buffers[index] = change
            p.data -= self.lr * change
