"""All directions are turned round on the way back.

score: 45
lost:
  test-function-classes: failed
"""


class TransposeBackward:
    @staticmethod
    def backward(gradient, x, dim0=None, dim1=None):
        if dim0 is None:
            return gradient.T
        return np.swapaxes(gradient, dim0, dim1)
