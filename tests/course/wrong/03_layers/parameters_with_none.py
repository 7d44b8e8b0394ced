"""parameters() lists a bias that is None.

score: 50
lost: {test-linear-grad-prep: failed}
"""


class Linear:
    def parameters(self):
        return [self.weight, self.bias]
