"""ReLU's call gives x back.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def __call__(self, x):
        return x
