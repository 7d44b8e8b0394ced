"""The gradient of a maximum goes to every number, as that of a sum does.

score: 45
lost:
  test-function-classes: failed
"""


class MaxBackward:
    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        return SumBackward.backward(gradient, x, axis, keepdims)
