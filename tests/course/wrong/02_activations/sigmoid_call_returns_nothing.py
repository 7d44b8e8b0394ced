"""Sigmoid's call forgets its return.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def __call__(self, x):
        self.forward(x)
