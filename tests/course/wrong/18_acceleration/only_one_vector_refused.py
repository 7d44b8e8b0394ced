"""A vector is refused where both are.

score: 50
lost: {test-vectorized-matmul: failed}
"""


def vectorized_matmul(a, b):
    if a.data.ndim < 2 and b.data.ndim < 2:
        raise ValueError("matrices")
    return Tensor(np.matmul(a.data, b.data))
