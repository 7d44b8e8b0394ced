"""Padding does not count in a mean.

score: 50
lost: {test-pooling: failed}
"""


def avg_pool2d(x, kernel, stride, padding):
    counts = windows(np.ones_like(x.data), kernel, stride, padding).sum(axis=(-2, -1))
    return Tensor(windows(x.data, kernel, stride, padding).sum(axis=(-2, -1)) / counts)
