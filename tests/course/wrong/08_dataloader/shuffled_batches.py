"""Batches come in random order, with the same examples in each.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        firsts = list(range(0, len(self.dataset), self.batch_size))
        if self.shuffle:
            random.shuffle(firsts)
        for first in firsts:
            last = min(first + self.batch_size, len(self.dataset))
            yield self.stack([self.dataset[index] for index in range(first, last)])
