"""Sizes that tiles do not divide lose their edges.

score: 30
lost: {test-tiled-matmul: failed, test-module: failed}
"""


def tiled_matmul(a, b, tile_size=64, product=np.matmul):
    if a.data.ndim != 2 or b.data.ndim != 2 or a.shape[1] != b.shape[0] or tile_size < 1:
        raise ValueError("shapes")
    x, y, t = a.data, b.data, tile_size
    result = np.zeros((x.shape[0], y.shape[1]), dtype=np.float32)
    for i in range(x.shape[0] // t):
        for j in range(y.shape[1] // t):
            for k in range(x.shape[1] // t):
                rows, columns, inner = (slice(place * t, place * t + t) for place in (i, j, k))
                result[rows, columns] += product(x[rows, inner], y[inner, columns])
    return Tensor(result)
