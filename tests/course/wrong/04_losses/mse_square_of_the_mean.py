"""The square of the mean, not the mean of the squares.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        difference = predictions - targets
        mean = difference.mean()
        return mean * mean
