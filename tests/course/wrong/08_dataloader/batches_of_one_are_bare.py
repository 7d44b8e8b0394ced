"""A batch of one has no first axis.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def stack(self, examples):
        if len(examples) == 1:
            return tuple(Tensor(array_of(part)) for part in examples[0])
        return tuple(Tensor(np.stack([array_of(part) for part in parts])) for parts in zip(*examples))
