"""One call on everything.

score: 50
lost: {test-fusion-speedup: failed}
"""


def blockwise(function, x, block_size=4096):
    if block_size < 1:
        raise ValueError("block_size")
    return np.asarray(function(x.ravel()), dtype=x.dtype).reshape(x.shape)
