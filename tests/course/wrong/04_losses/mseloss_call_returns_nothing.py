"""MSELoss's call forgets its return.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def __call__(self, predictions, targets):
        self.forward(predictions, targets)
