"""A gradient of nan, which is not far from anything.

score: 45
lost: {test-function-classes: failed}
"""


class DivBackward:
    @staticmethod
    def backward(gradient, a, b):
        return unbroadcast(gradient / b, np.shape(a)), np.full(np.shape(b), np.nan)
