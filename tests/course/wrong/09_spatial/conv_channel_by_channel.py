"""Each kernel looks at the first channel only.

score: 35
lost: {test-conv2d: failed, test-simple-cnn: failed}
"""


def conv2d(x, weight, stride, padding):
    parts = windows(x.data, weight.shape[2:], stride, padding)
    return Tensor(np.einsum("bijkl,okl->boij", parts[:, 0], weight.data[:, 0], optimize=True))
