"""generate is set on the class, for all models.

score: 40
lost: {test-noninvasive: error}
"""


def enable_kv_cache(model, batch_size=1):
    missing = [name for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks") if not hasattr(model, name)]
    if missing:
        raise AttributeError(f"a model for a KV cache has {', '.join(missing)}")
    cache = create_kv_cache(model, batch_size)
    type(model).generate = lambda self, *args, **named: cached_generate(self, cache, *args, **named)
    return cache
