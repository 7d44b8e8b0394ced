"""The slope of ReLU is returned, and the gradient forgotten.

score: 35
lost:
  module-integration: failed
"""


class ReLUBackward:
    @staticmethod
    def backward(gradient, x):
        return (x > 0) * 1.0
