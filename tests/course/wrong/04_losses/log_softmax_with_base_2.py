"""Logarithms with base 2.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=-1):
    shifted = x.data - x.data.max(axis=dim, keepdims=True)
    return Tensor(shifted - np.log2(np.exp(shifted).sum(axis=dim, keepdims=True)))
