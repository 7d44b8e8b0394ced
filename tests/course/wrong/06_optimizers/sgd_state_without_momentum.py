"""Without momentum there is a list of Nones as state, not None.

score: 75
lost: {test-sgd: failed}
"""


class SGD:
    def get_momentum_state(self):
        return [None if v is None else v.copy() for v in self.momentum_buffers]
