"""1.702 · x · sigmoid(x), with the factor outside the sigmoid.

score: 60
lost: {test-gelu: failed}
"""


class GELU:
    def forward(self, x):
        return Tensor(1.702 * x.data * Sigmoid().forward(x).data)
