"""parameters() gives the arrays.

score: 50
lost: {test-linear-grad-prep: failed}
"""


class Linear:
    def parameters(self):
        return [each.data for each in (self.weight, self.bias) if each is not None]
