"""The root is forgotten.

score: 35
lost: {test-batchnorm2d: failed, module-integration: failed}
"""


def normalize2d(x, eps):
    centred = x.data - channel_mean(x.data)
    return Tensor(centred / (channel_mean(centred**2) + eps))
