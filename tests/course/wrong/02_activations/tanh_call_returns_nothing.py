"""Tanh's call forgets its return.

score: 60
lost: {test-tanh: failed}
"""


class Tanh:
    def __call__(self, x):
        self.forward(x)
