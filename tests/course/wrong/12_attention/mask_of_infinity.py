"""Hidden scores are minus infinity, so that a row without a key is nan.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = Tensor(np.where(mask.data == 0, -np.inf, scores.data))
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights
