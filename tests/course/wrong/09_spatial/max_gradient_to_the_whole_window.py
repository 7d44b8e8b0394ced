"""The gradient goes to all of the window.

score: 25
lost: {test-pooling: failed, test-simple-cnn: failed, module-integration: failed}
"""


class MaxPool2dBackward:
    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        high, wide = pair(kernel)
        share = gradient[..., np.newaxis, np.newaxis]
        return fold(np.broadcast_to(share, (*gradient.shape, high, wide)), x.shape, stride, padding)
