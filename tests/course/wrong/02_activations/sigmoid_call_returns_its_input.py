"""Sigmoid's call gives x back.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def __call__(self, x):
        return x
