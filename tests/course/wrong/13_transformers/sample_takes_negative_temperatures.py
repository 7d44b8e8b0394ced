"""A temperature below 0 is accepted.

score: 60
lost: {test-gpt: failed}
"""


def sample_tokens(logits, temperature=1.0):
    if temperature == 0:
        return logits.argmax(axis=-1)
    probabilities = Softmax()(Tensor(logits / temperature)).data
    return np.array([np.random.choice(len(row), p=row) for row in probabilities])
