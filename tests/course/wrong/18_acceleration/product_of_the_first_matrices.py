"""The batch is looked at, and its first matrices are multiplied.

score: 50
lost: {test-vectorized-matmul: failed}
"""


def vectorized_matmul(a, b):
    if a.data.ndim < 2 or b.data.ndim < 2:
        raise ValueError("matrices")
    x, y = a.data.reshape(-1, *a.shape[-2:])[0], b.data.reshape(-1, *b.shape[-2:])[0]
    return Tensor(np.matmul(x, y))
