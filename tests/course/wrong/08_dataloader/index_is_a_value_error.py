"""An index beyond the end is a ValueError.

score: 45
lost: {test-tensordataset: error}
"""


class TensorDataset:
    def __getitem__(self, index):
        if index < 0 or index > len(self):
            raise ValueError(index)
        return tuple(t[index] for t in self.tensors)
