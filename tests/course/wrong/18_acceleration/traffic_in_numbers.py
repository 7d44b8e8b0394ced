"""Numbers are counted, not bytes.

score: 50
lost: {test-fusion-speedup: failed}
"""


def gelu_traffic(size, *, fused):
    reads, writes = (1, 1) if fused else (12, 9)
    return size * (reads + writes)
