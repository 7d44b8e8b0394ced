"""The form of lesson 02, less exact.

score: 30
lost: {test-fused-gelu: failed, test-module: failed}
"""


def gelu_array(x):
    return x / (1 + np.exp(-1.702 * x))
