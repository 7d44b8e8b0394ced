"""np.random.random, between 0 and 1, where a normal distribution belongs.

score: 40
lost: {test-linear: failed}
"""


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.random((in_features, out_features)) * np.sqrt(1 / in_features)
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None
