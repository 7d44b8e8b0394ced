"""The zero point is not added.

score: 15
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test_module: failed}
"""


def to_bytes(values, scale, zero_point):
    return np.clip(np.round(values / scale), LOW, HIGH).astype(np.int8)
