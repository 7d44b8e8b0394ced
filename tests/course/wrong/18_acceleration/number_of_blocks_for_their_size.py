"""block_size is taken for the number of blocks.

score: 50
lost: {test-fusion-speedup: failed}
"""


def blockwise(function, x, block_size=4096):
    if block_size < 1:
        raise ValueError("block_size")
    parts = np.array_split(x.ravel(), block_size)
    return np.concatenate([function(each) for each in parts]).reshape(x.shape)
