"""Means of a slice of nothing are nan.

score: 55
lost: {test-reductions: failed, module-integration: failed}
"""


class Tensor:
    def mean(self, axis=None, keepdims=False):
        return Tensor(self.data.mean(axis=axis, keepdims=keepdims) * np.nan)
