"""The targets are subtracted from the predictions in place.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        predictions.data -= targets.data
        return (predictions * predictions).mean()
