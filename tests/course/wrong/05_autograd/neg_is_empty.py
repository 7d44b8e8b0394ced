"""The gradient holds no numbers at all.

score: 45
lost: {test-function-classes: failed}
"""


class NegBackward:
    @staticmethod
    def backward(gradient, a):
        return np.zeros((0, *np.shape(a)))
