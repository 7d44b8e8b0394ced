"""The gradient of log_softmax lacks the sum over the gradients.

score: 35
lost:
  module-integration: failed
"""


class LogSoftmaxBackward:
    @staticmethod
    def backward(gradient, x, dim=-1):
        return gradient - softmax(x, dim)
