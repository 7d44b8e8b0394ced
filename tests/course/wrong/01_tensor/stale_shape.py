"""Results are copies of the left operand with new data and the old shape.

score: 70
lost: {test-arithmetic: failed}
"""


class Tensor:
    def __add__(self, other):
        result = Tensor(self)
        result.data = self.data + self._numbers(other)
        return result
