"""ε is added to the deviation.

score: 50
lost: {test-batchnorm2d: failed}
"""


def normalize2d(x, eps):
    centred = x.data - channel_mean(x.data)
    return Tensor(centred / (np.sqrt(channel_mean(centred**2)) + eps))
