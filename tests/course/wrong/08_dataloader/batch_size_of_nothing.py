"""A batch size of 0 is taken.

score: 40
lost: {test-dataloader: failed}
"""


class DataLoader:
    def __init__(self, dataset, batch_size, shuffle=False):
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
