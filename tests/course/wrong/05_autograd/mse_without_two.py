"""The slope of the squared error lacks its 2.

score: 35
lost:
  module-integration: failed
"""


class MSEBackward:
    @staticmethod
    def backward(gradient, predictions, targets):
        slope = gradient * (predictions - targets) / predictions.size
        return slope, -slope
