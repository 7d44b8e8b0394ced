"""perf.acceleration: made by `tito export` from 18_acceleration/acceleration_dev.py; edit that file."""

import math

import numpy as np

from tinytorch.core.tensor import Tensor

__all__ = [
    "BYTES",
    "blockwise",
    "fused_gelu",
    "gelu_array",
    "gelu_traffic",
    "largest_tile",
    "matmul_traffic",
    "tiled_matmul",
    "unfused_gelu",
    "vectorized_matmul",
]


# A Tensor holds float32: four bytes a number.
BYTES = 4


def vectorized_matmul(a, b):
    """
    Multiply matrices, or batches of them, in one call.

    TODO: return a Tensor with the product of two Tensors. Fewer than two dimensions, and sizes that do not fit, are a
    ValueError.

    EXAMPLE:
    >>> vectorized_matmul(Tensor([[1, 2], [3, 4]]), Tensor([[5], [6]])).data.tolist()
    [[17.0], [39.0]]

    HINT: NumPy raises a ValueError for sizes that do not fit. It is too kind to vectors.
    """
    if a.data.ndim < 2 or b.data.ndim < 2:
        raise ValueError(f"matrices have two dimensions or more, not shapes {a.shape} and {b.shape}")
    return Tensor(np.matmul(a.data, b.data))


def gelu_array(x):
    """
    Compute the tanh form of GELU on an array.

    TODO: return a new array, float32 for float32.

    EXAMPLE:
    >>> gelu_array(np.array([-1, 0, 1, 3], dtype=np.float32)).round(4)
    array([-0.1588,  0.    ,  0.8412,  2.9964], dtype=float32)

    HINT: math.sqrt(2 / math.pi) is a Python float.
    """
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * (x * x * x))
    return 0.5 * x * (1 + np.tanh(inner))


def unfused_gelu(x):
    """Compute GELU on a Tensor, every step over the whole array. Given."""
    return Tensor(gelu_array(x.data))


def blockwise(function, x, block_size=4096):
    """
    Apply a function to an array, block by block.

    TODO: return a new array of x's shape and dtype that holds function's results. function gets flat pieces of at most
    block_size numbers, in order, each once. A block_size below 1 is a ValueError.

    APPROACH:
    1. Lay x out flat, and make an empty array of the same size and dtype for the results.
    2. For each beginning of a block: call the function on the slice, and put what it gives in the same place.
    3. Return the results in the shape of x.

    EXAMPLE:
    >>> blockwise(lambda block: block + len(block), np.array([[1, 2, 3], [4, 5, 6]]), block_size=4).tolist()
    [[5, 6, 7], [8, 7, 8]]

    HINT: a slice that goes beyond the end stops there.
    """
    if block_size < 1:
        raise ValueError(f"a block has at least one number, not {block_size}")
    flat = x.ravel()
    result = np.empty_like(flat)
    for start in range(0, flat.size, block_size):
        result[start : start + block_size] = function(flat[start : start + block_size])
    return result.reshape(x.shape)


def fused_gelu(x, block_size=4096):
    """
    Compute GELU on a Tensor, all steps on one block after another.

    TODO: return a new Tensor.

    EXAMPLE:
    >>> fused_gelu(Tensor([-1, 1]), block_size=1).data.round(4)
    array([-0.1588,  0.8412], dtype=float32)
    """
    return Tensor(blockwise(gelu_array, x.data, block_size))


def gelu_traffic(size, *, fused):
    """
    Count the bytes that GELU sends through memory.

    TODO: return the bytes for `size` numbers in float32: those of all arrays that are read or written, step by step as
    in the table above, or, fused, of x and the result alone.

    EXAMPLE:
    >>> gelu_traffic(1000, fused=True)
    8000
    """
    reads, writes = (1, 1) if fused else (12, 9)
    return BYTES * size * (reads + writes)


def tiled_matmul(a, b, tile_size=64, product=np.matmul):
    """
    Multiply two matrices tile by tile.

    TODO: return a Tensor with the product of two Tensors of two dimensions. Other dimensions, inner sizes that differ
    and a tile_size below 1 are a ValueError.

    APPROACH:
    1. Begin with zeros for the result, float32.
    2. Go through its tiles: rows i, i + tile_size, … and columns likewise.
    3. For each, go through the pairs of tiles along the inner size, and add product(tile of a, tile of b).

    EXAMPLE:
    >>> tiled_matmul(Tensor([[1, 2, 3], [4, 5, 6]]), Tensor([[1], [0], [2]]), tile_size=2).data.tolist()
    [[7.0], [16.0]]

    HINT: x[i : i + t, k : k + t] is a tile; at the edge it is smaller, and that is right.
    """
    if a.data.ndim != 2 or b.data.ndim != 2 or a.shape[1] != b.shape[0] or tile_size < 1:
        raise ValueError(f"no product of shapes {a.shape} and {b.shape} in tiles of {tile_size}")
    x, y, t = a.data, b.data, tile_size
    result = np.zeros((x.shape[0], y.shape[1]), dtype=np.float32)
    for i in range(0, x.shape[0], t):
        for j in range(0, y.shape[1], t):
            for k in range(0, x.shape[1], t):
                result[i : i + t, j : j + t] += product(x[i : i + t, k : k + t], y[k : k + t, j : j + t])
    return Tensor(result)


def largest_tile(cache_bytes):
    """
    Say which tiles a cache can hold.

    TODO: return the largest t for which three tiles of t · t float32 numbers fit into cache_bytes.

    EXAMPLE:
    >>> largest_tile(32 * 1024)
    52

    HINT: math.isqrt is the square root, rounded down.
    """
    return math.isqrt(cache_bytes // (3 * BYTES))


def matmul_traffic(m, p, n, tile_size):
    """
    Count the bytes that a tiled product of (m, p) and (p, n) sends through memory.

    TODO: return the bytes of both tiles of every pair, and of the result, stored once.

    APPROACH:
    1. Each number of a is fetched once for each column of tiles of the result, of which there are ⌈n / tile_size⌉.
    2. Each number of b is fetched once for each row of tiles, ⌈m / tile_size⌉.

    EXAMPLE:
    >>> matmul_traffic(1024, 1024, 1024, 64)
    138412032

    HINT: -(-n // t) is n / t, rounded up.
    """
    columns, rows = math.ceil(n / tile_size), math.ceil(m / tile_size)
    return BYTES * (m * p * columns + p * n * rows + m * n)
