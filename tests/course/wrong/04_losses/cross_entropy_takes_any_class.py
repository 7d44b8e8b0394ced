"""A class of -1 counts from the end.

score: 50
lost: {test_cross_entropy_loss: failed}
"""


class CrossEntropyLoss:
    def forward(self, logits, targets):
        classes = targets.data.astype(int)
        if logits.data.ndim != 2 or classes.shape != logits.shape[:1]:
            raise ValueError("the shapes do not belong together")
        rows = np.arange(len(classes))
        return -log_softmax(logits)[rows, classes].mean()
