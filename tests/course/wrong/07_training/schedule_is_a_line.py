"""The rate comes down along a line.

score: 25
lost: {test_scheduler: failed, test_module: failed}
"""


class CosineSchedule:
    def get_lr(self, epoch):
        share = max(0, 1 - epoch / self.total_epochs)
        return self.min_lr + (self.max_lr - self.min_lr) * share
