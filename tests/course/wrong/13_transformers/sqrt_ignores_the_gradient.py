"""The slope of the root is returned without the gradient.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class SqrtBackward:
    @staticmethod
    def backward(gradient, x):
        return 1 / (2 * np.sqrt(x))
