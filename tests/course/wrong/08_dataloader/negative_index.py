"""A negative index counts from the end.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError(index)
        return tuple(t[index] for t in self.tensors)
