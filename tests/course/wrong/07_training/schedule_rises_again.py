"""The cosine goes on beyond the last epoch.

score: 45
lost: {test_scheduler: failed}
"""


class CosineSchedule:
    def get_lr(self, epoch):
        share = (1 + math.cos(math.pi * epoch / self.total_epochs)) / 2
        return self.min_lr + (self.max_lr - self.min_lr) * share
