"""A vector is taken for a row or a column.

score: 50
lost: {test-vectorized-matmul: failed}
"""


def vectorized_matmul(a, b):
    return Tensor(np.matmul(a.data, b.data))
