"""NumPy's number instead of a Tensor.

score: 30
lost: {test_mse_loss: failed, test_module: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        difference = predictions - targets
        return (difference * difference).mean().data.item()
