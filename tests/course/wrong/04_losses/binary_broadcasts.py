"""Shapes that differ are broadcast.

score: 50
lost: {test_binary_cross_entropy_loss: failed}
"""


class BinaryCrossEntropyLoss:
    def forward(self, predictions, targets):
        p, y = np.clip(predictions.data, EPSILON, 1 - EPSILON), targets.data
        return Tensor(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
