"""Along the first dimension where none is given.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=0):
    shifted = x.data - x.data.max(axis=dim, keepdims=True)
    return Tensor(shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True)))
