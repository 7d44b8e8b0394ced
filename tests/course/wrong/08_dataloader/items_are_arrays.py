"""Items are tuples of arrays.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        return tuple(t.data[index] for t in self.tensors)
