"""The mask shows the future and hides the past.

score: 20
lost: {test-transformer-block: failed, test-gpt: failed, test-module: failed}
"""


def create_causal_mask(length):
    return Tensor(np.triu(np.ones((1, length, length))))
