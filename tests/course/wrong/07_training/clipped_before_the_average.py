"""The sum is clipped, and then averaged.

score: 40
lost: {test_trainer: failed}
"""


class Trainer:
    def update(self, examples):
        if self.grad_clip_norm is not None:
            clip_grad_norm(self.optimizer.params, self.grad_clip_norm)
        for p in self.optimizer.params:
            if p.grad is not None:
                p.grad = p.grad / examples
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
