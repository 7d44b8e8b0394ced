"""Booleans are refused with text and None.

score: 75
lost: {test-tensor-creation: error}
"""


class Tensor:
    def __init__(self, data, requires_grad=False):
        if isinstance(data, Tensor):
            data = data.data
        values = np.asarray(data)
        if values.dtype.kind not in "iuf":
            raise TypeError("a Tensor holds numbers")
        self.data = values.astype(np.float32)
        self.requires_grad = requires_grad
        self.grad = None
