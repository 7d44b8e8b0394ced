"""The nearest tile, which may be too large.

score: 50
lost: {test-tiled-matmul: failed}
"""


def largest_tile(cache_bytes):
    return round(math.sqrt(cache_bytes / (3 * BYTES)))
