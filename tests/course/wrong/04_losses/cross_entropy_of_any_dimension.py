"""Only the length of the batch is compared, not the dimensions.

score: 50
lost: {test_cross_entropy_loss: error}
"""


class CrossEntropyLoss:
    def forward(self, logits, targets):
        classes = targets.data.astype(int)
        if classes.shape != logits.shape[:1]:
            raise ValueError("the shapes do not belong together")
        if np.any((classes < 0) | (classes >= logits.shape[1])):
            raise ValueError("there is no such class")
        rows = np.arange(len(classes))
        return -log_softmax(logits)[rows, classes].mean()
