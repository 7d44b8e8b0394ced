"""x is written into on the way.

score: 50
lost: {test-fused-gelu: failed}
"""


def gelu_array(x):
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * (x * x * x))
    x *= 0.5 * (1 + np.tanh(inner))
    return x
