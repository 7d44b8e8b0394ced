"""x · sigmoid(x), with the factor 1.702 forgotten.

score: 60
lost: {test-gelu: failed}
"""


class GELU:
    def forward(self, x):
        return Tensor(x.data * Sigmoid().forward(x).data)
