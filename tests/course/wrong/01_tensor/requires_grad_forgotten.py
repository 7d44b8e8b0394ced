"""requires_grad is taken and never stored.

score: 75
lost: {test-tensor-creation: failed}
"""


class Tensor:
    def __init__(self, data, requires_grad=False):
        if isinstance(data, Tensor):
            data = data.data
        values = np.asarray(data)
        if values.dtype.kind not in "biuf":
            raise TypeError("a Tensor holds numbers")
        self.data = values.astype(np.float32)
        self.requires_grad = False
        self.grad = None
