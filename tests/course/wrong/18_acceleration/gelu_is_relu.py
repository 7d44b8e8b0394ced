"""The corner, not the curve.

score: 30
lost: {test-fused-gelu: failed, test-module: failed}
"""


def gelu_array(x):
    return np.maximum(x, 0)
