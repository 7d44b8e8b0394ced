"""Probabilities of 0 and 1 are not clipped, so that the gradient is no number.

score: 35
lost:
  module-integration: failed
"""


class BinaryCrossEntropyBackward:
    @staticmethod
    def backward(gradient, predictions, targets):
        p = predictions
        return gradient * (p - targets) / (p * (1 - p)) / p.size
