"""The bytes come in a Tensor, which makes float32 of them.

score: 10
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test-compare-sizes: error, test_module: error}
"""


def quantize_int8(tensor):
    scale, zero_point = byte_range(tensor.data)
    return Tensor(to_bytes(tensor.data, scale, zero_point)), scale, zero_point
