"""The gradients are not reset after a step.

score: 20
lost: {test_trainer: failed, test_module: failed}
"""


class Trainer:
    def update(self, examples):
        for p in self.optimizer.params:
            if p.grad is not None:
                p.grad = p.grad / examples
        if self.grad_clip_norm is not None:
            clip_grad_norm(self.optimizer.params, self.grad_clip_norm)
        self.optimizer.step()
        self.step += 1
