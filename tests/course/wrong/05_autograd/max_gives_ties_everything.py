"""Numbers that are the largest together each get the whole gradient.

score: 45
lost:
  test-function-classes: failed
"""


class MaxBackward:
    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        return (x == x.max(axis=axis, keepdims=True)) * SumBackward.backward(gradient, x, axis, keepdims)
