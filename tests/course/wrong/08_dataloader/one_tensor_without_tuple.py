"""One Tensor gives bare rows.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        rows = tuple(t[index] for t in self.tensors)
        return rows if len(rows) > 1 else rows[0]
