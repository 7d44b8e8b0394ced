"""The mask lacks the direction of the batch.

score: 45
lost: {test-transformer-block: failed, test-gpt: failed}
"""


def create_causal_mask(length):
    return Tensor(np.tril(np.ones((length, length))))
