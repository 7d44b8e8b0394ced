"""The fused form gives an array.

score: 30
lost: {test-fused-gelu: failed, test-module: error}
"""


def fused_gelu(x, block_size=4096):
    return blockwise(gelu_array, x.data, block_size)
