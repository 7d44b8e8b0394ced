"""The sum in the gradient of a softmax goes along the last direction, whatever dim is.

score: 35
lost:
  module-integration: failed
"""


class SoftmaxBackward:
    @staticmethod
    def backward(gradient, x, dim=-1):
        y = softmax(x, dim)
        return y * (gradient - np.sum(gradient * y, axis=-1, keepdims=True))
