"""The zero point is that of bytes from 0 to 255.

score: 10
lost: {test-quantize-int8: failed, test-quantized-linear: failed, test-quantize-model: failed, test_module: failed}
"""


def byte_range(values):
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / (HIGH - LOW) or 1.0
    return scale, round(-low / scale)
