"""Lists and numbers are multiplied as well, instead of a TypeError.

score: 70
lost: {test-matmul: failed}
"""


class Tensor:
    def matmul(self, other):
        return Tensor(np.matmul(self.data, self._numbers(other)))
