"""A mask of 0 and minus infinity is expected, and added.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights
