"""ReLU's call forgets its return.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def __call__(self, x):
        self.forward(x)
