"""A block of no numbers is not refused.

score: 50
lost: {test-fusion-speedup: failed}
"""


def blockwise(function, x, block_size=4096):
    flat = x.ravel()
    result = np.empty_like(flat)
    for start in range(0, flat.size, max(1, block_size)):
        result[start : start + block_size] = function(flat[start : start + block_size])
    return result.reshape(x.shape)
