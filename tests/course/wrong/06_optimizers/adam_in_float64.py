"""The correction by a NumPy number turns the parameters into float64.

score: 70
lost: {test-adam: failed}
"""


class Adam:
    def step(self):
        self.step_count += 1
        for index, p in enumerate(self.params):
            if p.grad is not None:
                gradient = p.grad.data.astype(np.float64) + self.weight_decay * p.data
                p.data = p.data - self.lr * self.adapt(index, gradient)
