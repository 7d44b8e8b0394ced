"""The loader draws from the operating system, and no seed reaches it.

score: 55
lost: {test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            random.SystemRandom().shuffle(order)
        for first in range(0, len(order), self.batch_size):
            yield self.stack([self.dataset[index] for index in order[first : first + self.batch_size]])
