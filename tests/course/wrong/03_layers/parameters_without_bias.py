"""parameters() forgets the bias.

score: 50
lost: {test-linear-grad-prep: failed}
"""


class Linear:
    def parameters(self):
        return [self.weight]
