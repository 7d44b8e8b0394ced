"""The sign of x.

score: 60
lost: {test-tanh: failed}
"""


class Tanh:
    def forward(self, x):
        return Tensor(np.sign(x.data))
