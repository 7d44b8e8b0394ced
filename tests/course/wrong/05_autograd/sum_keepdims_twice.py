"""A direction that forward has kept is put back a second time.

score: 45
lost:
  test-function-classes: error
"""


class SumBackward:
    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        if axis is not None:
            gradient = np.expand_dims(gradient, axis)
        return np.broadcast_to(gradient, x.shape)
