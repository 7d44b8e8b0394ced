"""Windows of the unpadded image meet gradients of the padded one.

score: 35
lost: {test-conv2d: error, test-simple-cnn: error}
"""


class Conv2dBackward:
    @staticmethod
    def backward(gradient, x, weight, stride, padding):
        parts = windows(x, weight.shape[2:], stride)
        slopes = np.einsum("boij,ockl->bcijkl", gradient, weight, optimize=True)
        return fold(slopes, x.shape, stride, padding), np.einsum("boij,bcijkl->ockl", gradient, parts, optimize=True)
