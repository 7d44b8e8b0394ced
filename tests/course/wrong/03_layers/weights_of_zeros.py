"""All weights begin at 0.

score: 40
lost: {test-linear: failed}
"""


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        self.in_features = in_features
        self.out_features = out_features
        values = np.zeros((in_features, out_features))
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None
