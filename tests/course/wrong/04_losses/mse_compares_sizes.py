"""Only the number of elements is compared.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.size != targets.size:
            raise ValueError("the sizes differ")
        difference = predictions - targets
        return (difference * difference).mean()
