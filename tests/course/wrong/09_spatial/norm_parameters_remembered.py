"""What is remembered is listed for training.

score: 50
lost: {test-batchnorm2d: failed}
"""


class BatchNorm2d:
    def parameters(self):
        return [self.gamma, self.beta, self.running_mean, self.running_var]
