"""The sigmoid's slope is x (1 - x), of the input.

score: 35
lost:
  module-integration: failed
"""


class SigmoidBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient * x * (1 - x)
