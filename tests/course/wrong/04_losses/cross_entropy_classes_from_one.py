"""Classes are counted from 1.

score: 30
lost: {test_cross_entropy_loss: failed, test_module: failed}
"""


class CrossEntropyLoss:
    def forward(self, logits, targets):
        classes = targets.data.astype(int)
        if logits.data.ndim != 2 or classes.shape != logits.shape[:1]:
            raise ValueError("the shapes do not belong together")
        if np.any((classes < 0) | (classes >= logits.shape[1])):
            raise ValueError("there is no such class")
        rows = np.arange(len(classes))
        return -log_softmax(logits)[rows, classes - 1].mean()
