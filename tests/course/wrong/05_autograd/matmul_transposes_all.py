"""All directions of a batch are turned round, not the last two.

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
        left, right = unbroadcast(gradient @ columns.T, rows.shape), unbroadcast(rows.T @ gradient, columns.shape)
        return left.reshape(a.shape), right.reshape(b.shape)
