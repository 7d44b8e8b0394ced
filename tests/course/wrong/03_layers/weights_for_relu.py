"""He's √(2/in), which belongs to layers before a ReLU.

score: 40
lost: {test-linear: failed}
"""


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.normal(0, np.sqrt(2 / in_features), (in_features, out_features))
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None
