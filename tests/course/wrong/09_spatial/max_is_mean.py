"""The mean is taken for the maximum.

score: 25
lost: {test-pooling: failed, test-simple-cnn: failed, module-integration: failed}
"""


def max_pool2d(x, kernel, stride, padding):
    return Tensor(windows(x.data, kernel, stride, padding).mean(axis=(-2, -1)))
