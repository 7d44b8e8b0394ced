"""What is written is not counted.

score: 30
lost: {test-fusion-speedup: failed, test-module: failed}
"""


def gelu_traffic(size, *, fused):
    return BYTES * size * (1 if fused else 12)
