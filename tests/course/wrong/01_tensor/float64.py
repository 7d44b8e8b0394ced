"""NumPy's float64 is kept.

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
        self.data = values.astype(np.float64)
        self.requires_grad = requires_grad
        self.grad = None
