"""The temperature is left out.

score: 20
lost: {test-cache-enablement: failed, module-integration: failed}
"""


def cached_generate(model, cache, prompt, max_new_tokens=50, temperature=1.0):
    tokens = new = prompt.data
    if tokens.shape[1] + max_new_tokens > model.max_seq_len:
        raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {model.max_seq_len}")
    cache.reset()
    for _ in range(max_new_tokens):
        logits = cached_forward(model, Tensor(new), cache).data[:, -1]
        new = sample_tokens(logits)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)
