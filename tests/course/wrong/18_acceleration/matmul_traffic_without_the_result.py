"""The result is never stored.

score: 30
lost: {test-tiled-matmul: failed, test-module: failed}
"""


def matmul_traffic(m, p, n, tile_size):
    columns, rows = math.ceil(n / tile_size), math.ceil(m / tile_size)
    return BYTES * (m * p * columns + p * n * rows)
