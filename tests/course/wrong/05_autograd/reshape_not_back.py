"""The gradient is given the shape that forward was asked for.

score: 45
lost:
  test-function-classes: failed
"""


class ReshapeBackward:
    @staticmethod
    def backward(gradient, x, *shape):
        return gradient.reshape(shape)
