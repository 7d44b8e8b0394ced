"""The sigmoid's slope is y / 2.

score: 35
lost:
  module-integration: failed
"""


class SigmoidBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient * sigmoid(x) / 2
