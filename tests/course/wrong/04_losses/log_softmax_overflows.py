"""No maximum is subtracted.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=-1):
    return Tensor(x.data - np.log(np.exp(x.data).sum(axis=dim, keepdims=True)))
