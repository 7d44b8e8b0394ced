"""The loader seeds the generator in every epoch.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            random.seed(42)
            random.shuffle(order)
        for first in range(0, len(order), self.batch_size):
            yield self.stack([self.dataset[index] for index in order[first : first + self.batch_size]])
