"""Tanh's call gives x back.

score: 60
lost: {test-tanh: failed}
"""


class Tanh:
    def __call__(self, x):
        return x
