"""The gradient of ReLU passes everywhere.

score: 35
lost:
  module-integration: failed
"""


class ReLUBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient
