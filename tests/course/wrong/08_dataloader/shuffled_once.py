"""The order is drawn in __init__.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __init__(self, dataset, batch_size, shuffle=False):
        if batch_size < 1:
            raise ValueError("a batch has at least one example")
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        self.order = list(range(len(dataset)))
        if shuffle:
            random.shuffle(self.order)

    def __iter__(self):
        for first in range(0, len(self.order), self.batch_size):
            yield self.stack([self.dataset[index] for index in self.order[first : first + self.batch_size]])
