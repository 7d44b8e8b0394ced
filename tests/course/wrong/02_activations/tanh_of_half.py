"""The hyperbolic tangent of x/2.

score: 60
lost: {test-tanh: failed}
"""


class Tanh:
    def forward(self, x):
        return Tensor(np.tanh(x.data / 2))
