"""The prompt is read token by token.

score: 40
lost: {test-noninvasive: failed}
"""


def cached_generate(model, cache, prompt, max_new_tokens=50, temperature=1.0):
    tokens = new = prompt.data
    if tokens.shape[1] + max_new_tokens > model.max_seq_len:
        raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {model.max_seq_len}")
    cache.reset()
    for place in range(tokens.shape[1] - 1):
        cached_forward(model, Tensor(tokens[:, place : place + 1]), cache)
    new = tokens[:, -1:]
    for _ in range(max_new_tokens):
        logits = cached_forward(model, Tensor(new), cache).data[:, -1]
        new = sample_tokens(logits, temperature)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)
