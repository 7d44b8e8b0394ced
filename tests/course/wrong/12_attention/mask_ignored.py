"""The mask is not looked at.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights
