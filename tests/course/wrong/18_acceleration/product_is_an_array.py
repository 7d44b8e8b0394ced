"""An array, where a Tensor is asked for.

score: 30
lost: {test-vectorized-matmul: failed, test-module: error}
"""


def vectorized_matmul(a, b):
    if a.data.ndim < 2 or b.data.ndim < 2:
        raise ValueError("matrices")
    return np.matmul(a.data, b.data)
