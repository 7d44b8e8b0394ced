"""The velocities are zeros from the beginning, not None.

score: 75
lost: {test-sgd: failed}
"""


class SGD:
    def __init__(self, params, lr=0.01, momentum=0.0, weight_decay=0.0):
        super().__init__(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.momentum_buffers = [np.zeros_like(p.data) for p in self.params]
