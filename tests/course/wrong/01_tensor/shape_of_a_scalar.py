"""A scalar becomes a vector of one number.

score: 30
lost: {test-tensor-creation: failed, test-shape-ops: failed, test-reductions: failed, module-integration: failed}
"""


class Tensor:
    def __init__(self, data, requires_grad=False):
        if isinstance(data, Tensor):
            data = data.data
        if data is None or isinstance(data, str):
            raise TypeError("a Tensor holds numbers")
        self.data = np.atleast_1d(np.array(data, dtype=np.float32))
        self.shape = self.data.shape
        self.size = self.data.size
        self.dtype = self.data.dtype
        self.requires_grad = requires_grad
        self.grad = None
