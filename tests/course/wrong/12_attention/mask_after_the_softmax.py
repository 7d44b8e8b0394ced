"""The mask comes after the softmax, and rows no longer sum to 1.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    weights = Softmax()(scores, dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ V, weights
