"""The slope of tanh is 1 - y.

score: 35
lost:
  module-integration: failed
"""


class TanhBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient * (1 - np.tanh(x))
