"""The slope of the root is turned upside down.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class SqrtBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient * 2 * np.sqrt(x)
