"""Addition wants equal shapes.

score: 50
lost: {test-arithmetic: error, module-integration: error}
"""


class Tensor:
    def __add__(self, other):
        if isinstance(other, Tensor) and self.shape != other.shape:
            raise ValueError("the shapes differ")
        return Tensor(self.data + self._numbers(other))
