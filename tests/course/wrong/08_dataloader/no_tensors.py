"""No Tensors at all are taken.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __init__(self, *tensors):
        if len({t.shape[0] for t in tensors}) > 1:
            raise ValueError("lengths differ")
        self.tensors = tensors
