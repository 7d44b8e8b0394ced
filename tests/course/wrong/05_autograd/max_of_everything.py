"""The gradient of a maximum along an axis goes to the largest number of all.

score: 45
lost:
  test-function-classes: failed
"""


class MaxBackward:
    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        return (x == x.max()) * SumBackward.backward(gradient, x, axis, keepdims)
