"""All that equal the maximum get the whole gradient.

score: 35
lost: {test-pooling: failed, module-integration: failed}
"""


class MaxPool2dBackward:
    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        parts = windows(x, kernel, stride, padding, fill=-np.inf)
        slopes = (parts == parts.max(axis=(-2, -1), keepdims=True)) * gradient[..., np.newaxis, np.newaxis]
        return fold(slopes, x.shape, stride, padding)
