"""Each image is normalized by itself.

score: 35
lost: {test-batchnorm2d: error, module-integration: error}
"""


def channel_mean(x):
    return x.mean(axis=(2, 3), keepdims=True)
