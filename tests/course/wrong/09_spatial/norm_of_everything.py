"""One mean for all channels.

score: 35
lost: {test-batchnorm2d: failed, module-integration: failed}
"""


def channel_mean(x):
    return np.full((1, x.shape[1], 1, 1), x.mean(), x.dtype)
