"""The kernels' gradient is averaged over the batch.

score: 20
lost: {test-conv2d: failed, test-simple-cnn: failed, module-integration: failed}
"""


class Conv2dBackward:
    @staticmethod
    def backward(gradient, x, weight, stride, padding):
        parts = windows(x, weight.shape[2:], stride, padding)
        slopes = np.einsum("boij,ockl->bcijkl", gradient, weight, optimize=True)
        return fold(slopes, x.shape, stride, padding), np.einsum("boij,bcijkl->ockl", gradient, parts, optimize=True) / len(x)
