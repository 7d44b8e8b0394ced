"""Vectors are taken for matrices.

score: 35
lost:
  module-integration: error
"""


class MatMulBackward:
    @staticmethod
    def backward(gradient, a, b):
        return gradient @ np.swapaxes(b, -1, -2), np.swapaxes(a, -1, -2) @ gradient
