"""The gradient of a in a * b is multiplied by a, not by b.

score: 45
lost:
  test-function-classes: failed
"""


class MulBackward:
    @staticmethod
    def backward(gradient, a, b):
        return unbroadcast(gradient * a, np.shape(a)), unbroadcast(gradient * b, np.shape(b))
