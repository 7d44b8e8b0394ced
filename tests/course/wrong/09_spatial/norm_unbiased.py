"""The variance is divided by n - 1.

score: 35
lost: {test-batchnorm2d: failed, module-integration: failed}
"""


def normalize2d(x, eps):
    centred = x.data - channel_mean(x.data)
    n = centred.size // centred.shape[1]
    return Tensor(centred / np.sqrt(channel_mean(centred**2) * n / max(n - 1, 1) + eps))
