"""Only the first two Tensors are compared.

score: 45
lost: {test-tensordataset: failed}
"""


class TensorDataset:
    def __init__(self, *tensors):
        if not tensors or (len(tensors) > 1 and tensors[0].shape[0] != tensors[1].shape[0]):
            raise ValueError("lengths differ")
        self.tensors = tensors
