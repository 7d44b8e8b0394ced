"""Items are lists.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        return [t[index] for t in self.tensors]
