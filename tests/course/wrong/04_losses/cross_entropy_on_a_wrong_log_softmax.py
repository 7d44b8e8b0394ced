"""A cross-entropy that stands on a log_softmax that overflows fails with it.

score: 40
lost: {test_log_softmax: failed, test_cross_entropy_loss: failed}
"""


def log_softmax(x, dim=-1):
    return Tensor(x.data - np.log(np.exp(x.data).sum(axis=dim, keepdims=True)))


class CrossEntropyLoss:
    def forward(self, logits, targets):
        classes = targets.data.astype(int)
        if logits.data.ndim != 2 or classes.shape != logits.shape[:1]:
            raise ValueError("the shapes do not belong together")
        if np.any((classes < 0) | (classes >= logits.shape[1])):
            raise ValueError("there is no such class")
        return -log_softmax(logits)[np.arange(len(classes)), classes].mean()
