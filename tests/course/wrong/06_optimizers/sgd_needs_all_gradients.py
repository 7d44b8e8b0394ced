"""A missing gradient is an error.

score: 50
lost: {test-sgd: error, module-integration: error}
"""


class SGD:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            change = p.grad.data + self.weight_decay * p.data
            if self.has_momentum():
                if self.momentum_buffers[index] is not None:
                    change = self.momentum * self.momentum_buffers[index] + change
                self.momentum_buffers[index] = change
            p.data -= self.lr * change
