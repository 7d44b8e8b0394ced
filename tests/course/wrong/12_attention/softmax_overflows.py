"""The softmax is written anew, without subtracting the largest score.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores + (1 - mask) * MASK_VALUE
    powers = np.exp(scores.data)
    weights = Tensor(powers / powers.sum(axis=-1, keepdims=True))
    return weights @ V, weights
