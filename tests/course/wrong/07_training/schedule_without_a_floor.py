"""The cosine goes down to 0, and min_lr holds only after the end.

score: 25
lost: {test_scheduler: failed, test_module: failed}
"""


class CosineSchedule:
    def get_lr(self, epoch):
        if epoch >= self.total_epochs:
            return self.min_lr
        return self.max_lr * (1 + math.cos(math.pi * epoch / self.total_epochs)) / 2
