"""The maximum leaves the sum, and is never subtracted from the scores.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=-1):
    shifted = x.data - x.data.max(axis=dim, keepdims=True)
    return Tensor(x.data - np.log(np.exp(shifted).sum(axis=dim, keepdims=True)))
