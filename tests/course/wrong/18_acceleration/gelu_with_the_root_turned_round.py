"""√(π/2) for √(2/π).

score: 30
lost: {test-fused-gelu: failed, test-module: failed}
"""


def gelu_array(x):
    inner = math.sqrt(math.pi / 2) * (x + 0.044715 * (x * x * x))
    return 0.5 * x * (1 + np.tanh(inner))
