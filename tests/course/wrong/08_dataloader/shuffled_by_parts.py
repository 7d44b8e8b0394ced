"""Each part of a batch is shuffled by itself.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def __iter__(self):
        examples = [self.dataset[index] for index in range(len(self.dataset))]
        parts = [list(each) for each in zip(*examples)]
        if self.shuffle:
            for part in parts:
                random.shuffle(part)
        examples = list(zip(*parts))
        for first in range(0, len(examples), self.batch_size):
            yield self.stack(examples[first : first + self.batch_size])
