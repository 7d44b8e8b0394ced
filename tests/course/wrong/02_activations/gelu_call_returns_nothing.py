"""GELU's call forgets its return.

score: 60
lost: {test-gelu: failed}
"""


class GELU:
    def __call__(self, x):
        self.forward(x)
