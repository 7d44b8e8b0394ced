"""A plain number among the operands is taken for an array.

score: 45
lost:
  test-function-classes: error
"""


class AddBackward:
    @staticmethod
    def backward(gradient, a, b):
        return unbroadcast(gradient, a.shape), unbroadcast(gradient, b.shape)
