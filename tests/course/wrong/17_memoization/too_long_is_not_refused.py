"""Nothing is refused beforehand.

score: 30
lost: {module-integration: failed}
"""


def cached_generate(model, cache, prompt, max_new_tokens=50, temperature=1.0):
    tokens = new = prompt.data
    cache.reset()
    for _ in range(max_new_tokens):
        logits = cached_forward(model, Tensor(new), cache).data[:, -1]
        new = sample_tokens(logits, temperature)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)
