"""Parts that are no Tensors are an error.

score: 40
lost: {test-dataloader: error}
"""


class DataLoader:
    def stack(self, examples):
        return tuple(Tensor(np.stack([part.numpy() for part in parts])) for parts in zip(*examples))
