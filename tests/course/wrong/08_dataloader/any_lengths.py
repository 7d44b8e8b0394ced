"""The shortest Tensor's length counts, and the rest is cut off.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __init__(self, *tensors):
        self.tensors = tensors

    def __len__(self):
        return min(t.shape[0] for t in self.tensors)
