"""Each probability of a softmax is taken to depend on its own score alone.

score: 35
lost:
  module-integration: failed
"""


class SoftmaxBackward:
    @staticmethod
    def backward(gradient, x, dim=-1):
        y = softmax(x, dim)
        return gradient * y * (1 - y)
