"""exp(x) without its minus sign: 1 - sigmoid(x).

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def forward(self, x):
        return Tensor(1 / (1 + np.exp(x.data)))
