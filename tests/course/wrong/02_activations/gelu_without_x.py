"""sigmoid(1.702 x), not multiplied by x.

score: 60
lost: {test-gelu: failed}
"""


class GELU:
    def forward(self, x):
        return Sigmoid().forward(Tensor(1.702 * x.data))
