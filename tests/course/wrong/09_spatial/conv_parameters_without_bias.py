"""parameters() leaves the bias out.

score: 35
lost: {test-conv2d: failed, test-simple-cnn: failed}
"""


class Conv2d:
    def parameters(self):
        return [self.weight]
