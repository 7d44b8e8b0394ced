"""One tile must fit, not three.

score: 30
lost: {test-tiled-matmul: failed, test-module: failed}
"""


def largest_tile(cache_bytes):
    return math.isqrt(cache_bytes // BYTES)
