"""BinaryCrossEntropyLoss's call forgets its return.

score: 50
lost: {test_binary_cross_entropy_loss: failed}
"""


class BinaryCrossEntropyLoss:
    def __call__(self, predictions, targets):
        self.forward(predictions, targets)
