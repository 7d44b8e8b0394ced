"""The result is not brought back into x's shape.

score: 20
lost: {test-fused-gelu: failed, test-fusion-speedup: failed, test-module: error}
"""


def blockwise(function, x, block_size=4096):
    if block_size < 1:
        raise ValueError("block_size")
    flat = x.ravel()
    result = np.empty_like(flat)
    for start in range(0, flat.size, block_size):
        result[start : start + block_size] = function(flat[start : start + block_size])
    return result
