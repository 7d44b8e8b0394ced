"""Classes stay floats, which are no index.

score: 30
lost: {test_cross_entropy_loss: error, test_module: error}
"""


class CrossEntropyLoss:
    def forward(self, logits, targets):
        rows = np.arange(len(targets.data))
        return -log_softmax(logits)[rows, targets.data].mean()
