"""A mask with a one per row, and a mean over all of its zeros.

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
        mask = Tensor(np.eye(logits.shape[1])[classes])
        return -(log_softmax(logits) * mask).mean()
