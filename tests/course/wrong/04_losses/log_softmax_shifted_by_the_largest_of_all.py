"""The maximum of the whole array is subtracted.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=-1):
    shifted = x.data - x.data.max()
    return Tensor(shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True)))
