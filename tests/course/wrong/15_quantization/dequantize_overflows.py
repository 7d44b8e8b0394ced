"""The zero point is subtracted from bytes, within bytes.

score: 40
lost: {test-dequantize-int8: failed}
"""


def dequantize_int8(q, scale, zero_point):
    return Tensor((q - np.int8(zero_point)) * scale)
