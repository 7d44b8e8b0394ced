"""The sum is NumPy's number instead of a Tensor.

score: 55
lost: {test-reductions: failed, module-integration: failed}
"""


class Tensor:
    def sum(self, axis=None, keepdims=False):
        return self.data.sum(axis=axis, keepdims=keepdims)
