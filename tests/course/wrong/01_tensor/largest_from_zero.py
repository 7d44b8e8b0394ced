"""The search for the largest value begins at 0.

score: 75
lost: {test-reductions: failed}
"""


class Tensor:
    def max(self, axis=None, keepdims=False):
        return Tensor(self.data.max(axis=axis, keepdims=keepdims, initial=0))
