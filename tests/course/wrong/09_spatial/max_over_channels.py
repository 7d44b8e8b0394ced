"""The maximum is taken over channels as well.

score: 25
lost: {test-pooling: failed, test-simple-cnn: error, module-integration: error}
"""


def max_pool2d(x, kernel, stride, padding):
    return Tensor(windows(x.data, kernel, stride, padding, fill=-np.inf).max(axis=(1, -2, -1)))
