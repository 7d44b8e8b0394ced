"""The maximum is subtracted from the input itself.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=-1):
    x.data -= x.data.max(axis=dim, keepdims=True)
    return Tensor(x.data - np.log(np.exp(x.data).sum(axis=dim, keepdims=True)))
