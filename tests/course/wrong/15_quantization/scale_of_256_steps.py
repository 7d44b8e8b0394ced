"""256 values are taken to be 256 steps apart.

score: 30
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test-quantize-model: failed}
"""


def byte_range(values):
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / 256 or 1.0
    return scale, round(LOW - low / scale)
