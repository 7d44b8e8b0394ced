"""np.tan in place of np.tanh.

score: 60
lost: {test-tanh: failed}
"""


class Tanh:
    def forward(self, x):
        return Tensor(np.tan(x.data))
