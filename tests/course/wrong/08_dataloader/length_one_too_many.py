"""len is n // b + 1.

score: 40
lost: {test-dataloader: failed}
"""


class DataLoader:
    def __len__(self):
        return len(self.dataset) // self.batch_size + 1
