"""The gradient that is handed in is multiplied in place.

score: 45
lost:
  test-function-classes: failed
"""


class MulBackward:
    @staticmethod
    def backward(gradient, a, b):
        right = gradient * a
        gradient *= b
        return unbroadcast(gradient, np.shape(a)), unbroadcast(right, np.shape(b))
