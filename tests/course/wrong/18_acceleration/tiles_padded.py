"""The matrices are padded, so that all tiles are full.

score: 50
lost: {test-tiled-matmul: failed}
"""


def tiled_matmul(a, b, tile_size=64, product=np.matmul):
    if a.data.ndim != 2 or b.data.ndim != 2 or a.shape[1] != b.shape[0] or tile_size < 1:
        raise ValueError("shapes")
    t = tile_size
    x = np.pad(a.data, [(0, -size % t) for size in a.shape])
    y = np.pad(b.data, [(0, -size % t) for size in b.shape])
    result = np.zeros((x.shape[0], y.shape[1]), dtype=np.float32)
    for i in range(0, x.shape[0], t):
        for j in range(0, y.shape[1], t):
            for k in range(0, x.shape[1], t):
                result[i : i + t, j : j + t] += product(x[i : i + t, k : k + t], y[k : k + t, j : j + t])
    return Tensor(result[: a.shape[0], : b.shape[1]])
