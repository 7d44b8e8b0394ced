"""The short batch at the end is left out.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            random.shuffle(order)
        for first in range(0, len(order) - self.batch_size + 1, self.batch_size):
            yield self.stack([self.dataset[index] for index in order[first : first + self.batch_size]])
