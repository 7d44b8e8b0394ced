"""The range is that of the largest absolute value, on both sides.

score: 30
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test-quantize-model: failed}
"""


def byte_range(values):
    return float(np.abs(values).max()) / HIGH or 1.0, 0
