"""The gradient is divided by the square of the height.

score: 50
lost: {test-pooling: failed}
"""


class AvgPool2dBackward:
    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        high, wide = pair(kernel)
        share = gradient[..., np.newaxis, np.newaxis] / high**2
        return fold(np.broadcast_to(share, (*gradient.shape, high, wide)), x.shape, stride, padding)
