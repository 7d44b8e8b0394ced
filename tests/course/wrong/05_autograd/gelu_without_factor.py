"""The slope of GELU's sigmoid lacks the factor 1.702.

score: 35
lost:
  module-integration: failed
"""


class GELUBackward:
    @staticmethod
    def backward(gradient, x):
        y = sigmoid(1.702 * x)
        return gradient * (y + x * y * (1 - y))
