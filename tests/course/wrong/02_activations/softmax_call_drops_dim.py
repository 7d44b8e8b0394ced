"""Softmax's call takes dim and does not hand it on.

score: 60
lost: {test-softmax: failed}
"""


class Softmax:
    def __call__(self, x, dim=-1):
        return self.forward(x)
