"""Products are averaged over the window, not added.

score: 20
lost: {test-conv2d: failed, test-simple-cnn: failed, module-integration: failed}
"""


def conv2d(x, weight, stride, padding):
    parts = windows(x.data, weight.shape[2:], stride, padding)
    return Tensor(np.einsum("bcijkl,ockl->boij", parts, weight.data, optimize=True) / np.prod(weight.shape[2:]))
