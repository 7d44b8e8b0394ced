"""Probabilities are clipped in the caller's array.

score: 50
lost: {test_binary_cross_entropy_loss: failed}
"""


class BinaryCrossEntropyLoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        np.clip(predictions.data, EPSILON, 1 - EPSILON, out=predictions.data)
        p, y = predictions.data, targets.data
        return Tensor(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
