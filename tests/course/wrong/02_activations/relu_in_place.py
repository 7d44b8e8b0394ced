"""Negative numbers are set to 0 in the input.

score: 60
lost: {test-relu: failed}
"""


class ReLU:
    def forward(self, x):
        x.data[x.data < 0] = 0
        return Tensor(x.data)
