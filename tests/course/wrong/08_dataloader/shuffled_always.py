"""shuffle is ignored, and all orders are random.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        order = list(range(len(self.dataset)))
        random.shuffle(order)
        for first in range(0, len(order), self.batch_size):
            yield self.stack([self.dataset[index] for index in order[first : first + self.batch_size]])
