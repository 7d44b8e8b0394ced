"""Numbers beyond the bytes wrap round.

score: 40
lost: {test-quantized-linear: failed}
"""


def to_bytes(values, scale, zero_point):
    return (np.round(values / scale) + zero_point).astype(np.int64).astype(np.int8)
