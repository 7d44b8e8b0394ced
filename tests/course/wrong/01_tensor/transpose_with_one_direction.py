"""transpose(0) is taken for transpose(0, -1).

score: 70
lost: {test-shape-ops: failed}
"""


class Tensor:
    def transpose(self, dim0=-2, dim1=-1):
        if self.data.ndim < 2:
            return Tensor(self.data)
        return Tensor(np.swapaxes(self.data, dim0, dim1))
