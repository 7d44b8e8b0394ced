"""The gradient of the cross-entropy is not divided by the number of examples.

score: 35
lost:
  module-integration: failed
"""


class CrossEntropyBackward:
    @staticmethod
    def backward(gradient, logits, targets):
        slope = softmax(logits, -1)
        slope[np.arange(len(slope)), targets.astype(int)] -= 1
        return gradient * slope
