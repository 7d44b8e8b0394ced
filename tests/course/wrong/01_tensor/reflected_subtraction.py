"""10 - t is computed as t - 10.

score: 70
lost: {test-arithmetic: failed}
"""


class Tensor:
    def __rsub__(self, other):
        return self - other
