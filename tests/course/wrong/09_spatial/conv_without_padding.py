"""Padding is stored and not used.

score: 35
lost: {test-conv2d: failed, test-simple-cnn: failed}
"""


def conv2d(x, weight, stride, padding):
    parts = windows(x.data, weight.shape[2:], stride)
    return Tensor(np.einsum("bcijkl,ockl->boij", parts, weight.data, optimize=True))
