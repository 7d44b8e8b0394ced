"""Every step is taken to read one array.

score: 30
lost: {test-fusion-speedup: failed, test-module: failed}
"""


def gelu_traffic(size, *, fused):
    reads, writes = (1, 1) if fused else (9, 9)
    return BYTES * size * (reads + writes)
