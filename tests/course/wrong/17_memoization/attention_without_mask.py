"""New tokens see each other's future.

score: 20
lost: {test-cache-enablement: failed, module-integration: failed}
"""


def cached_attention(attention, x, cache, layer):
    Q, K, V = (attention.split_heads(part(x)) for part in (attention.q_proj, attention.k_proj, attention.v_proj))
    past = cache.get(layer)
    cache.update(layer, K, V)
    K, V = (Tensor(np.concatenate([old.data, new.data], axis=2)) for old, new in zip(past, (K, V), strict=True))
    new, seen = Q.shape[2], K.shape[2]
    mask = Tensor(np.tril(np.ones((new, seen)), k=seen - new))
    output, _ = scaled_dot_product_attention(Q, K, V)
    return attention.out_proj(attention.merge_heads(output))
