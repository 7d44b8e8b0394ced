"""A matrix that serves a whole batch gets a batch of gradients.

score: 35
lost:
  module-integration: error
"""


class MatMulBackward:
    @staticmethod
    def backward(gradient, a, b):
        rows, columns = a, b
        if b.ndim == 1:
            columns, gradient = b.reshape(-1, 1), np.expand_dims(gradient, -1)
        if a.ndim == 1:
            rows, gradient = a.reshape(1, -1), np.expand_dims(gradient, -2)
        left, right = gradient @ np.swapaxes(columns, -1, -2), np.swapaxes(rows, -1, -2) @ gradient
        return left.reshape(a.shape), right.reshape(b.shape)
