"""The whole text goes through the model in each step, and the cache is emptied before.

score: 40
lost: {test-noninvasive: failed}
"""


def cached_generate(model, cache, prompt, max_new_tokens=50, temperature=1.0):
    tokens = new = prompt.data
    if tokens.shape[1] + max_new_tokens > model.max_seq_len:
        raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {model.max_seq_len}")
    for _ in range(max_new_tokens):
        cache.reset()
        logits = cached_forward(model, Tensor(tokens), cache).data[:, -1]
        new = sample_tokens(logits, temperature)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)
