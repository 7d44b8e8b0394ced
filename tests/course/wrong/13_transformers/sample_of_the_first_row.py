"""The first row chooses for all.

score: 60
lost: {test-gpt: failed}
"""


def sample_tokens(logits, temperature=1.0):
    if temperature < 0:
        raise ValueError(f"a temperature is 0 or more, not {temperature}")
    if temperature == 0:
        return logits.argmax(axis=-1)
    probabilities = Softmax()(Tensor(logits / temperature)).data
    return np.array([np.random.choice(len(row), p=row) for row in probabilities[[0] * len(probabilities)]])
