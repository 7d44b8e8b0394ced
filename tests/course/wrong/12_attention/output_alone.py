"""Only the output is returned.

score: 35
lost: {test-attention-basic: failed}
"""


def scaled_dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores + (1 - mask) * MASK_VALUE
    return Softmax()(scores, dim=-1) @ V
