"""The result is always float64.

score: 50
lost: {test-fusion-speedup: failed}
"""


def blockwise(function, x, block_size=4096):
    if block_size < 1:
        raise ValueError("block_size")
    flat = x.ravel()
    result = np.empty(flat.size)
    for start in range(0, flat.size, block_size):
        result[start : start + block_size] = function(flat[start : start + block_size])
    return result.reshape(x.shape)
