"""Broadcasting undone by matrix products themselves, and by a sum that copies nothing that fits."""


def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size != gradient.shape[axis]:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


class MatMulBackward:
    @staticmethod
    def backward(gradient, a, b):
        rows, columns = np.atleast_2d(a), b.reshape(-1, 1) if b.ndim == 1 else b
        gradient = gradient.reshape(np.matmul(rows, columns).shape)
        left = gradient @ columns.swapaxes(-1, -2)
        right = rows.swapaxes(-1, -2) @ gradient
        while left.ndim > rows.ndim:
            left = left.sum(axis=0)
        while right.ndim > columns.ndim:
            right = right.sum(axis=0)
        return left.reshape(a.shape), right.reshape(b.shape)
