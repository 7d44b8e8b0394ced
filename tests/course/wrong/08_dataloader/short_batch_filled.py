"""The last batch is filled up from the beginning.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        count = len(self.dataset)
        order = list(range(count))
        if self.shuffle:
            random.shuffle(order)
        for first in range(0, count, self.batch_size):
            places = [order[place % count] for place in range(first, first + self.batch_size)]
            yield self.stack([self.dataset[index] for index in places])
