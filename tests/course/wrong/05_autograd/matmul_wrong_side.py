"""The transposes stand on the wrong side of the gradient.

score: 35
lost:
  module-integration: error
"""


class MatMulBackward:
    @staticmethod
    def backward(gradient, a, b):
        return np.swapaxes(b, -1, -2) @ gradient, gradient @ np.swapaxes(a, -1, -2)
