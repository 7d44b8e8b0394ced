"""The dtype is left to NumPy, so that integers stay integers.

score: 75
lost: {test-tensor-creation: failed}
"""


class Tensor:
    def __init__(self, data, requires_grad=False):
        if isinstance(data, Tensor):
            data = data.data
        if data is None or isinstance(data, str):
            raise TypeError("a Tensor holds numbers")
        self.data = np.array(data)
        self.shape = self.data.shape
        self.size = self.data.size
        self.dtype = self.data.dtype
        self.requires_grad = requires_grad
        self.grad = None
