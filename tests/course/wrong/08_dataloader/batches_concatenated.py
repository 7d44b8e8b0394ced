"""Examples are joined along their own first axis.

score: 35
lost: {test-dataloader: failed, test-dataloader-deterministic: failed}
"""


class DataLoader:
    def stack(self, examples):
        return tuple(
            Tensor(np.concatenate([np.atleast_1d(array_of(part)) for part in parts])) for parts in zip(*examples)
        )
