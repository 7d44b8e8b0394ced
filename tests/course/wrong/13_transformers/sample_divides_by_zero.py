"""Temperature 0 is divided by.

score: 60
lost: {test-gpt: error}
"""


def sample_tokens(logits, temperature=1.0):
    if temperature < 0:
        raise ValueError(f"a temperature is 0 or more, not {temperature}")
    probabilities = Softmax()(Tensor(logits / temperature)).data
    return np.array([np.random.choice(len(row), p=row) for row in probabilities])
