"""The fused form is said to move more.

score: 30
lost: {test-fusion-speedup: failed, test-module: failed}
"""


def gelu_traffic(size, *, fused):
    reads, writes = (12, 9) if fused else (1, 1)
    return BYTES * size * (reads + writes)
