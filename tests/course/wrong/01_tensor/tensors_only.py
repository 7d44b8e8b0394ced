"""Operations take Tensors alone, and forget numbers.

score: 70
lost: {test-arithmetic: error}
"""


class Tensor:
    def __add__(self, other):
        return Tensor(self.data + other.data)

    def __sub__(self, other):
        return Tensor(self.data - other.data)

    def __mul__(self, other):
        return Tensor(self.data * other.data)

    def __truediv__(self, other):
        return Tensor(self.data / other.data)
