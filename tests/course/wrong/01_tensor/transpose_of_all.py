"""All directions are turned round, not the last two.

score: 70
lost: {test-shape-ops: failed}
"""


class Tensor:
    def transpose(self, dim0=None, dim1=None):
        if (dim0 is None) != (dim1 is None):
            raise ValueError("both or neither")
        if dim0 is None:
            return Tensor(self.data.T)
        return Tensor(np.swapaxes(self.data, dim0, dim1))
