"""The Tensor itself is rounded.

score: 35
lost: {test-quantize-int8: failed, test-quantized-linear: failed}
"""


def quantize_int8(tensor):
    scale, zero_point = byte_range(tensor.data)
    q = to_bytes(tensor.data, scale, zero_point)
    tensor.data = q.astype(np.float32)
    return q, scale, zero_point
