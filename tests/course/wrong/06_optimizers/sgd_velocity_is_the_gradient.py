"""The first velocity is the gradient's own array, and is changed in place.

score: 75
lost: {test-sgd: failed}
"""


class SGD:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            change = p.grad.data
            if self.weight_decay:
                change = change + self.weight_decay * p.data
            if self.has_momentum():
                if self.momentum_buffers[index] is None:
                    self.momentum_buffers[index] = change
                else:
                    self.momentum_buffers[index] *= self.momentum
                    self.momentum_buffers[index] += change
                change = self.momentum_buffers[index]
            p.data -= self.lr * change
