"""max gives the place of the largest value, not the value.

score: 75
lost: {test-reductions: failed}
"""


class Tensor:
    def max(self, axis=None, keepdims=False):
        return Tensor(self.data.argmax(axis=axis, keepdims=keepdims))
