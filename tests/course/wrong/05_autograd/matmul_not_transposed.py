"""Neither matrix is transposed.

score: 35
lost:
  module-integration: error
"""


class MatMulBackward:
    @staticmethod
    def backward(gradient, a, b):
        return gradient @ b, a @ gradient
