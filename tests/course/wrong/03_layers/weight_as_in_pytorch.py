"""The weight is stored as (out, in) and transposed in forward.

score: 35
lost: {test-linear: failed, test-linear-edge-cases: error}
"""


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.normal(0, np.sqrt(1 / in_features), (out_features, in_features))
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None

    def forward(self, x):
        y = x @ self.weight.transpose()
        return y if self.bias is None else y + self.bias
