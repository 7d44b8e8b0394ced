"""2 σ(x) - 1, with the 2 before x forgotten.

score: 60
lost: {test-tanh: failed}
"""


class Tanh:
    def forward(self, x):
        return Tensor(2 / (1 + np.exp(-x.data.clip(-88))) - 1)
