"""The mean of the absolute differences.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        difference = predictions - targets
        return Tensor(np.abs(difference.data).mean())
