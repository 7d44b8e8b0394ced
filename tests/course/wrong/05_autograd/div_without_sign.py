"""The gradient of b in a / b has no minus sign.

score: 45
lost:
  test-function-classes: failed
"""


class DivBackward:
    @staticmethod
    def backward(gradient, a, b):
        return unbroadcast(gradient / b, np.shape(a)), unbroadcast(gradient * a / (b * b), np.shape(b))
