"""The sum in the gradient of a softmax goes over the whole array.

score: 35
lost:
  module-integration: failed
"""


class SoftmaxBackward:
    @staticmethod
    def backward(gradient, x, dim=-1):
        y = softmax(x, dim)
        return y * (gradient - np.sum(gradient * y))
