"""The cache is not reset.

score: 20
lost: {test-noninvasive: error, module-integration: error}
"""


def cached_generate(model, cache, prompt, max_new_tokens=50, temperature=1.0):
    tokens = new = prompt.data
    if tokens.shape[1] + max_new_tokens > model.max_seq_len:
        raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {model.max_seq_len}")
    for _ in range(max_new_tokens):
        logits = cached_forward(model, Tensor(new), cache).data[:, -1]
        new = sample_tokens(logits, temperature)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)
