"""The gradient of b in a / b is divided by b, not by its square.

score: 45
lost:
  test-function-classes: failed
"""


class DivBackward:
    @staticmethod
    def backward(gradient, a, b):
        return unbroadcast(gradient / b, np.shape(a)), unbroadcast(-gradient * a / b, np.shape(b))
