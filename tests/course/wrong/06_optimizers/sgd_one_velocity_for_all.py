"""All parameters share a velocity.

score: 50
lost: {test-sgd: error, module-integration: error}
"""


class SGD:
    def step(self):
        self.step_count += 1
        for p in self.params:
            if p.grad is None:
                continue
            change = p.grad.data + self.weight_decay * p.data
            if self.has_momentum():
                if self.momentum_buffers[0] is not None:
                    change = self.momentum * self.momentum_buffers[0] + change
                self.momentum_buffers[0] = change
            p.data -= self.lr * change
