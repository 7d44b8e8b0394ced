"""The slope of the root lacks the factor one half.

score: 45
lost: {test-layer-norm: failed, test-module: failed}
"""


class SqrtBackward:
    @staticmethod
    def backward(gradient, x):
        return gradient / np.sqrt(x)
