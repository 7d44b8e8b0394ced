"""A state of the wrong length is taken.

score: 75
lost: {test-sgd: failed}
"""


class SGD:
    def set_momentum_state(self, state):
        if state is None or not self.has_momentum():
            return
        for index, v in enumerate(state[: len(self.params)]):
            self.momentum_buffers[index] = None if v is None else v.copy()
