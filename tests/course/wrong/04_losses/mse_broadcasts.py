"""Shapes that differ are broadcast.

score: 50
lost: {test_mse_loss: failed}
"""


class MSELoss:
    def forward(self, predictions, targets):
        difference = predictions - targets
        return (difference * difference).mean()
