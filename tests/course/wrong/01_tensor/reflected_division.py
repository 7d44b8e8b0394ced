"""12 / t is computed as t / 12.

score: 70
lost: {test-arithmetic: failed}
"""


class Tensor:
    def __rtruediv__(self, other):
        return self / other
