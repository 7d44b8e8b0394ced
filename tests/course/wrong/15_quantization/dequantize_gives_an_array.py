"""An array, where a Tensor is asked for.

score: 40
lost: {test-dequantize-int8: failed}
"""


def dequantize_int8(q, scale, zero_point):
    return (q.astype(np.float32) - zero_point) * np.float32(scale)
