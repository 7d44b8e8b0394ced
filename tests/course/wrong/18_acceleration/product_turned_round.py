"""b times a.

score: 30
lost: {test-vectorized-matmul: error, test-module: error}
"""


def vectorized_matmul(a, b):
    if a.data.ndim < 2 or b.data.ndim < 2:
        raise ValueError("matrices")
    return Tensor(np.matmul(b.data, a.data))
