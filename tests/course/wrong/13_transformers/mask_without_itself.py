"""A token does not see itself.

score: 20
lost: {test-transformer-block: failed, test-gpt: failed, test-module: failed}
"""


def create_causal_mask(length):
    return Tensor(np.tril(np.ones((1, length, length)), k=-1))
