"""The products are computed into the operands, which others read too.

score: 45
lost: {test-function-classes: failed}
"""


class MulBackward:
    @staticmethod
    def backward(gradient, a, b):
        left, right = unbroadcast(gradient * b, np.shape(a)), unbroadcast(gradient * a, np.shape(b))
        if isinstance(a, np.ndarray) and a.ndim:
            a[...] = left
        return left, right
