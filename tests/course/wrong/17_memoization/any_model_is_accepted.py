"""Nothing is asked of a model.

score: 40
lost: {test-cache-enablement: failed}
"""


def enable_kv_cache(model, batch_size=1):
    missing = [name for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks") if not hasattr(model, name)]
    cache = create_kv_cache(model, batch_size)
    model.generate = functools.partial(cached_generate, model, cache)
    return cache
