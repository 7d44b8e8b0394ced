"""A model that lacks something is a ValueError.

score: 40
lost: {test-cache-enablement: error}
"""


def enable_kv_cache(model, batch_size=1):
    missing = [name for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks") if not hasattr(model, name)]
    if missing:
        raise ValueError(f"a model for a KV cache has {', '.join(missing)}")
    cache = create_kv_cache(model, batch_size)
    model.generate = functools.partial(cached_generate, model, cache)
    return cache
