"""The gradient of b in a - b has no minus sign.

score: 45
lost:
  test-function-classes: failed
"""


class SubBackward:
    @staticmethod
    def backward(gradient, a, b):
        return unbroadcast(gradient, np.shape(a)), unbroadcast(gradient, np.shape(b))
