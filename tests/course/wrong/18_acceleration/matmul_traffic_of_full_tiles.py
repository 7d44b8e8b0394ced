"""Tiles at the edges are dropped from the count.

score: 30
lost: {test-tiled-matmul: failed, test-module: failed}
"""


def matmul_traffic(m, p, n, tile_size):
    columns, rows = n // tile_size, m // tile_size
    return BYTES * (m * p * columns + p * n * rows + m * n)
