"""The last epoch before the end has the smallest rate: T - 1 for T.

score: 25
lost: {test_scheduler: failed, test_module: failed}
"""


class CosineSchedule:
    def get_lr(self, epoch):
        if epoch >= self.total_epochs:
            return self.min_lr
        share = (1 + math.cos(math.pi * epoch / (self.total_epochs - 1))) / 2
        return self.min_lr + (self.max_lr - self.min_lr) * share
