"""Negation changes the signs of the Tensor itself.

score: 70
lost: {test-arithmetic: failed}
"""


class Tensor:
    def __neg__(self):
        self.data *= -1
        return self
