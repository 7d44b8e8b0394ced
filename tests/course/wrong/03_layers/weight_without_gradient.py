"""The weight does not require a gradient.

score: 50
lost: {test-linear-grad-prep: failed}
"""


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.normal(0, np.sqrt(1 / in_features), (in_features, out_features))
        self.weight = Tensor(values, requires_grad=False)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None
