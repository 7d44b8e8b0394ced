"""Gradients are added up and never averaged.

score: 20
lost: {test_trainer: failed, test_module: failed}
"""


class Trainer:
    def update(self, examples):
        if self.grad_clip_norm is not None:
            clip_grad_norm(self.optimizer.params, self.grad_clip_norm)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
