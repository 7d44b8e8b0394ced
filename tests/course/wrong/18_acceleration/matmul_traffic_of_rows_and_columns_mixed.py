"""a is fetched for each row of tiles, b for each column.

score: 30
lost: {test-tiled-matmul: failed, test-module: failed}
"""


def matmul_traffic(m, p, n, tile_size):
    columns, rows = math.ceil(n / tile_size), math.ceil(m / tile_size)
    return BYTES * (m * p * rows + p * n * columns + m * n)
