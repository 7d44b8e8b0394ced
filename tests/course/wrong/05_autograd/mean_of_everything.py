"""The gradient of a mean along an axis is divided by the number of all elements.

score: 45
lost:
  test-function-classes: failed
"""


class MeanBackward:
    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        return SumBackward.backward(gradient, x, axis, keepdims) / x.size
