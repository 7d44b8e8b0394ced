"""The mask is turned round in place, in the caller's Tensor.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        mask.data -= 1
        scores = scores + mask * 1e9
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights
