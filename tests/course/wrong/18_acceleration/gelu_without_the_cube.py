"""The cube is left out.

score: 30
lost: {test-fused-gelu: failed, test-module: failed}
"""


def gelu_array(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * x))
