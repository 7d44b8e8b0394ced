"""Whole numbers, but four bytes each.

score: 10
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test-compare-sizes: failed, test_module: failed}
"""


def to_bytes(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point, LOW, HIGH).astype(np.float32)
