"""The bias has one number per input.

score: 15
lost: {test-linear: failed, test-linear-edge-cases: error, module-integration: error}
"""


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.normal(0, np.sqrt(1 / in_features), (in_features, out_features))
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(in_features), requires_grad=True) if bias else None
