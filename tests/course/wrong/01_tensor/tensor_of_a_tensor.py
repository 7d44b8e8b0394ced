"""A Tensor is handed to NumPy instead of the array that it holds.

score: 75
lost: {test-tensor-creation: error}
"""


class Tensor:
    def __init__(self, data, requires_grad=False):
        values = np.asarray(data)
        if values.dtype.kind not in "biuf":
            raise TypeError("a Tensor holds numbers")
        self.data = values.astype(np.float32)
        self.requires_grad = requires_grad
        self.grad = None
