"""The zero point is subtracted after scaling.

score: 40
lost: {test-dequantize-int8: failed}
"""


def dequantize_int8(q, scale, zero_point):
    return Tensor(q.astype(np.float32) * scale - zero_point)
