"""The cache is for one text, whatever is asked for.

score: 20
lost: {test-cache-enablement: failed, module-integration: error}
"""


def create_kv_cache(model, batch_size=1):
    head_dim = model.embed_dim // model.num_heads
    return KVCache(1, model.max_seq_len, model.num_layers, model.num_heads, head_dim)
