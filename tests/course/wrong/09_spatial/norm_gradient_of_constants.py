"""Mean and deviation are taken for constants.

score: 35
lost: {test-batchnorm2d: failed, module-integration: failed}
"""


class Normalize2dBackward:
    @staticmethod
    def backward(gradient, x, eps):
        deviation = np.sqrt(channel_mean((x - channel_mean(x)) ** 2) + eps)
        return gradient / deviation
