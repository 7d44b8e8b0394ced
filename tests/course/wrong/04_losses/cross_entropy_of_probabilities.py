"""A softmax before the log_softmax.

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
        e = np.exp(logits.data - logits.data.max(axis=1, keepdims=True))
        probabilities = Tensor(e / e.sum(axis=1, keepdims=True))
        return -log_softmax(probabilities)[rows, classes].mean()
