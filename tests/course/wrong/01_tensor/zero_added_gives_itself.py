"""A sum with 0 gives the very same Tensor, to save time.

score: 70
lost: {test-arithmetic: failed}
"""


class Tensor:
    def __add__(self, other):
        if isinstance(other, int) and other == 0:
            return self
        return Tensor(self.data + self._numbers(other))
