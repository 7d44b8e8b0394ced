"""Each head has the width of the model.

score: 10
lost: {test-cache-enablement: failed, test-noninvasive: error, module-integration: error}
"""


def create_kv_cache(model, batch_size=1):
    head_dim = model.embed_dim
    return KVCache(batch_size, model.max_seq_len, model.num_layers, model.num_heads, head_dim)
