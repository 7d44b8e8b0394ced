"""The mask is of the other convention, 0 and minus infinity.

score: 20
lost: {test-transformer-block: failed, test-gpt: failed, test-module: failed}
"""


def create_causal_mask(length):
    return Tensor(np.triu(np.full((1, length, length), -np.inf), k=1))
