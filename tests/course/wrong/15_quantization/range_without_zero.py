"""The range is taken as it comes, and the zero point is cut off where it is no byte.

score: 40
lost: {test-quantize-int8: failed}
"""


def byte_range(values):
    low, high = float(values.min()), float(values.max())
    scale = (high - low) / (HIGH - LOW) or 1.0
    return scale, min(max(round(LOW - low / scale), LOW), HIGH)
