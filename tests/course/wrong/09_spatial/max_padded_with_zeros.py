"""Zeros around the image win over negative numbers.

score: 50
lost: {test-pooling: failed}
"""


def max_pool2d(x, kernel, stride, padding):
    return Tensor(windows(x.data, kernel, stride, padding).max(axis=(-2, -1)))


class MaxPool2dBackward:
    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        parts = windows(x, kernel, stride, padding)
        flat = parts.reshape(*parts.shape[:4], -1)
        slopes = np.zeros_like(flat)
        np.put_along_axis(slopes, flat.argmax(axis=-1)[..., np.newaxis], gradient[..., np.newaxis], axis=-1)
        return fold(slopes.reshape(parts.shape), x.shape, stride, padding)
