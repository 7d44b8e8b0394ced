"""Among equals the last gets the gradient.

score: 50
lost: {test-pooling: failed}
"""


class MaxPool2dBackward:
    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        parts = windows(x, kernel, stride, padding, fill=-np.inf)
        flat = parts.reshape(*parts.shape[:4], -1)
        slopes = np.zeros_like(flat)
        np.put_along_axis(slopes, flat.shape[-1] - 1 - flat[..., ::-1].argmax(axis=-1)[..., np.newaxis], gradient[..., np.newaxis], axis=-1)
        return fold(slopes.reshape(parts.shape), x.shape, stride, padding)
