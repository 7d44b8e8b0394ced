"""Queries and keys change places in the product.

score: 35
lost: {test-attention-basic: error}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = K @ Q.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores + (1 - mask) * MASK_VALUE
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights
