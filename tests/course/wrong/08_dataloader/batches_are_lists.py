"""A batch is a list.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def stack(self, examples):
        return [Tensor(np.stack([array_of(part) for part in parts])) for parts in zip(*examples)]
