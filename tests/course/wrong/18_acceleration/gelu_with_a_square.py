"""The square, where the cube belongs.

score: 30
lost: {test-fused-gelu: failed, test-module: failed}
"""


def gelu_array(x):
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * (x * x))
    return 0.5 * x * (1 + np.tanh(inner))
