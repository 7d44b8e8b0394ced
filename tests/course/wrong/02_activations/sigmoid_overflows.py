"""exp(x) / (1 + exp(x)), which is nan for large x.

score: 60
lost: {test-sigmoid: failed}
"""


class Sigmoid:
    def forward(self, x):
        return Tensor(np.exp(x.data) / (1 + np.exp(x.data)))
