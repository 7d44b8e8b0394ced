"""MSELoss's call forgets the targets.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def __call__(self, predictions, targets):
        return self.forward(predictions, predictions)
