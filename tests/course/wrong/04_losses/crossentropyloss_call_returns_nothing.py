"""CrossEntropyLoss's call forgets its return.

score: 50
lost: {test_cross_entropy_loss: failed}
"""


class CrossEntropyLoss:
    def __call__(self, predictions, targets):
        self.forward(predictions, targets)
