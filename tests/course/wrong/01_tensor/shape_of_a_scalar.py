"""A scalar becomes a vector of one number.

score: 30
lost: {test-tensor-creation: failed, test-shape-ops: failed, test-reductions: failed, module-integration: failed}
"""


class Tensor:
    def __init__(self, data, requires_grad=False):
        if isinstance(data, Tensor):
            data = data.data
        values = np.asarray(data)
        if values.dtype.kind not in "biuf":
            raise TypeError("a Tensor holds numbers")
        self.data = np.atleast_1d(values.astype(np.float32))
        self.requires_grad = requires_grad
        self.grad = None
