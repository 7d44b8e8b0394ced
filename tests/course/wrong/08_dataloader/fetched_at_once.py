"""All examples are fetched when the epoch begins.

score: 40
lost: {test-dataloader: failed}
"""


class DataLoader:
    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            random.shuffle(order)
        examples = [self.dataset[index] for index in order]
        for first in range(0, len(order), self.batch_size):
            yield self.stack(examples[first : first + self.batch_size])
