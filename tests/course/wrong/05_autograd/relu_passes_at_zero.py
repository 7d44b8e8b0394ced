"""The slope of ReLU at 0 is 1.

score: 35
lost:
  module-integration: failed
"""


class ReLUBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient * (x >= 0)
