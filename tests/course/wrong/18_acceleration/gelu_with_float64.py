"""A constant that NumPy made turns float32 into float64.

score: 50
lost: {test-fused-gelu: failed}
"""


def gelu_array(x):
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * (x * x * x))
    return 0.5 * x * (1 + np.tanh(inner))
