"""np.dot takes every matrix of one batch with every one of the other.

score: 50
lost: {test-vectorized-matmul: failed}
"""


def vectorized_matmul(a, b):
    if a.data.ndim < 2 or b.data.ndim < 2:
        raise ValueError("matrices")
    return Tensor(np.dot(a.data, b.data))
