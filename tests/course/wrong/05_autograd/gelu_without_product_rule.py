"""The slope of GELU is only its sigmoid.

score: 35
lost:
  module-integration: failed
"""


class GELUBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient * sigmoid(1.702 * x)
