"""The last division is forgotten.

score: 35
lost: {test-batchnorm2d: failed, module-integration: failed}
"""


class Normalize2dBackward:
    @staticmethod
    def backward(gradient, x, eps):
        centred = x - channel_mean(x)
        deviation = np.sqrt(channel_mean(centred**2) + eps)
        y = centred / deviation
        return (gradient - channel_mean(gradient) - y * channel_mean(gradient * y))
