"""Each number of a window gets the whole gradient.

score: 50
lost: {test-pooling: failed}
"""


class AvgPool2dBackward:
    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        high, wide = pair(kernel)
        share = gradient[..., np.newaxis, np.newaxis]
        return fold(np.broadcast_to(share, (*gradient.shape, high, wide)), x.shape, stride, padding)
