"""The folded direction is not put back before the gradient of a sum is spread.

score: 45
lost:
  test-function-classes: error
"""


class SumBackward:
    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        return np.broadcast_to(gradient, x.shape)
