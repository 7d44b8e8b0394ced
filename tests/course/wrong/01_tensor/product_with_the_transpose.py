"""The right operand is transposed first.

score: 70
lost: {test-matmul: failed}
"""


class Tensor:
    def matmul(self, other):
        if not isinstance(other, Tensor):
            raise TypeError("not a Tensor")
        return Tensor(np.matmul(self.data, other.data.T))
