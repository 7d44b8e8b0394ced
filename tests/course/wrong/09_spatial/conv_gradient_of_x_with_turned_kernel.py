"""A recipe for stride 1 turns the kernel round once too often.

score: 35
lost: {test-conv2d: failed, test-simple-cnn: failed}
"""


class Conv2dBackward:
    @staticmethod
    def backward(gradient, x, weight, stride, padding):
        parts = windows(x, weight.shape[2:], stride, padding)
        slopes = np.einsum("boij,ockl->bcijkl", gradient, weight[:, :, ::-1, ::-1], optimize=True)
        return fold(slopes, x.shape, stride, padding), np.einsum("boij,bcijkl->ockl", gradient, parts, optimize=True)
