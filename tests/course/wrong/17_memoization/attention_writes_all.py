"""Past and new together are written as new.

score: 10
lost: {test-cache-enablement: error, test-noninvasive: error, module-integration: error}
"""


def cached_attention(attention, x, cache, layer):
    Q, K, V = (attention.split_heads(part(x)) for part in (attention.q_proj, attention.k_proj, attention.v_proj))
    past = cache.get(layer)
    K, V = (Tensor(np.concatenate([old.data, new.data], axis=2)) for old, new in zip(past, (K, V), strict=True))
    cache.update(layer, K, V)
    new, seen = Q.shape[2], K.shape[2]
    mask = Tensor(np.tril(np.ones((new, seen)), k=seen - new))
    output, _ = scaled_dot_product_attention(Q, K, V, mask)
    return attention.out_proj(attention.merge_heads(output))
