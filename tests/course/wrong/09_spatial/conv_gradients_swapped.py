"""The gradients of x and weight come in the wrong order.

score: 20
lost: {test-conv2d: error, test-simple-cnn: error, module-integration: error}
"""


class Conv2dBackward:
    @staticmethod
    def backward(gradient, x, weight, stride, padding):
        parts = windows(x, weight.shape[2:], stride, padding)
        slopes = np.einsum("boij,ockl->bcijkl", gradient, weight, optimize=True)
        return np.einsum("boij,bcijkl->ockl", gradient, parts, optimize=True), fold(slopes, x.shape, stride, padding)
