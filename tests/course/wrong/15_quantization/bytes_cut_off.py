"""Decimals are cut off, not rounded.

score: 15
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test_module: failed}
"""


def to_bytes(values, scale, zero_point):
    return np.clip(np.trunc(values / scale) + zero_point, LOW, HIGH).astype(np.int8)
