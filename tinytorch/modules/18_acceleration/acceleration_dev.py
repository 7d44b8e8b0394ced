# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---


# %% [markdown]
"""
# 18 · Acceleration

The same arithmetic can take very different times. A matrix product in three Python loops and one call of NumPy do the
same multiplications; a chain of operations over a large array and the same chain block by block give the same numbers.
What differs is who does the work and how often the data travel. This lesson takes three kinds of code apart and puts
them together faster, and counts what was gained instead of timing it, so that the result does not depend on your
machine.

**You will be able to**

- say why one call on a whole array beats a loop over its numbers, and what a stride costs;
- count how often an expression sends its data through memory, and reduce that by working in blocks;
- multiply matrices tile by tile, for sizes that no tile divides, and compute which tile a cache can hold;
- keep float32 float32;
- tell which of these a memory-bound or a compute-bound piece of code needs.

**You need** module 01 (`Tensor`). Lesson 14 gave you the words: FLOPs, bytes moved, intensity, the roof.

**You build**

| name | does |
|---|---|
| `vectorized_matmul` | a checked product in one call |
| `gelu_array`, `unfused_gelu` | GELU step by step over whole arrays |
| `blockwise`, `fused_gelu` | the same, all steps on one block after another |
| `gelu_traffic` | the bytes that either sends through memory |
| `tiled_matmul` | a product of matrices, tile by tile |
| `largest_tile`, `matmul_traffic` | which tile fits, and what it saves |

```
 17  memoization           18                          19  benchmarking
 nothing is computed ──▶   what is computed,    ──▶    is it really faster,   ──▶  20 capstone
 twice                     computed better             and by how much?
```
"""

# %% [markdown]
"""
## Where the code lives

You write in `modules/18_acceleration/` of your workspace; `tito export 18` makes `tinytorch/perf/acceleration.py` of
it:

```python
from tinytorch.perf.acceleration import fused_gelu, tiled_matmul
```

Nothing in `core` changes. These are other ways to compute what `Tensor.matmul` and `GELU` compute, to be put in their
place where they pay; so they stand beside the profiler, which tells where that is.

| import | from | if it fails |
|---|---|---|
| `Tensor` | `tinytorch.core.tensor` | `tito export 01` |
| NumPy | your Python environment | `pip install numpy` |

If `tinytorch` itself is not found, your workspace is not installed in this Python: see *Install* in its README, and which
kernel Jupyter has taken.
"""

# %%
#| default_exp perf.acceleration

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import math

import numpy as np

from tinytorch.core.tensor import Tensor

# A Tensor holds float32: four bytes a number.
BYTES = 4

# %% [markdown]
"""
## Three ways to lose time

Take two matrices of 1,024 · 1,024. Their product needs 1,024³ multiplications and as many additions, 2.1 billion
operations, whoever does them. A core that does 16 of them in a cycle would need 134 million cycles. Three things
stand between:

```
 loss                       how much                                            cure, below
 ───────────────────────────────────────────────────────────────────────────────────────────────
 the interpreter            1,073,741,824 rounds of a Python loop, some dozen    one call on arrays
                            steps each, for one multiplication a round
 the way to memory          every multiplication fetches two numbers: 8.6 GB     tiles: 0.14 GB
                            for matrices of 8 MB
 temporaries                y = 0.5 * x * (1 + ...) writes and reads an array    blocks: all steps while
                            for every sign in it                                 the data are near
```

Memory is the theme of all three. It comes in layers, the nearer the smaller:

```
 ┌───────────┐  ┌──────────────┐  ┌───────────────┐  ┌──────────────────────┐
 │ registers │◀▶│ L1     32 KB │◀▶│ L2, L3: a few │◀▶│ main memory: many GB │
 │ at once   │  │ a few cycles │  │ MB, some tens │  │ some hundred cycles  │
 └───────────┘  └──────────────┘  └───────────────┘  └──────────────────────┘
```

(The sizes are those of many processors, not of all.) A number that is used ten times while it is near costs one trip.
A number that is used ten times with a gigabyte in between costs ten.
"""

# %% [markdown]
r"""
## One call instead of a loop

$$C_{ij} = \sum_k A_{ik} B_{kj}$$

```
 def loop_matmul(a, b):                       np.matmul(a, b)
     for i in range(m):                       ┌ one call
         for j in range(n):                   │ types and sizes are looked at once
             for k in range(p):               │ compiled loops, several numbers an instruction
                 c[i, j] += a[i, k]*b[k, j]   └ in tiles, on all cores

 rounds in Python     m · n · p                     0
```

The right side is what *vectorized* means: say what is to happen to all numbers, and leave the loop to compiled code.

**Strides.** An array of shape (m, n) lies in memory row by row. Along a row, the next number is 4 bytes on; along a
column, it is 4 n bytes on. Memory is fetched in lines of 64 bytes, 16 numbers, on nearly all processors:

```
 a (1024, 1024)            bytes to the next     numbers used of each line fetched
 ──────────────────────────────────────────────────────────────────────────────────
 along a row                         4            16 of 16
 along a column                  4,096             1 of 16       sixteen times the bytes
```

So a loop that runs down columns fetches sixteen lines for one. NumPy's product copies what it needs into an order that
suits it; a loop of your own has to be written in the right order.

**What to check first.** `np.matmul` takes more than a matrix product should: a vector counts as a row or a column,
whichever fits, and a forgotten dimension goes unnoticed. Refuse what has fewer than two dimensions, and inner sizes
that differ. More than two are a batch:

```
 a            b            a @ b
 (3, 4)       (4, 5)       (3, 5)
 (2, 3, 4)    (4, 5)       (2, 3, 5)          the same b for both
 (2, 3, 4)    (2, 4, 5)    (2, 3, 5)          one b for each
 (4,)         (4, 5)       ValueError
 (3, 4)       (5, 4)       ValueError         4 is not 5
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "matmul-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
    if a.data.ndim < 2 or b.data.ndim < 2:
        raise ValueError(f"matrices have two dimensions or more, not shapes {a.shape} and {b.shape}")
    return Tensor(np.matmul(a.data, b.data))
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The shapes of the table, against sums in float64, and that all refusals are ValueErrors. Both Tensors must stay as they
were.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-vectorized-matmul", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_vectorized_matmul():
    """Products of matrices and batches are right, and what is no matrix is refused."""
    random = np.random.default_rng(1)
    shapes = (
        ((3, 4), (4, 5)),
        ((1, 7), (7, 1)),
        ((2, 3, 4), (4, 5)),
        ((2, 3, 4), (2, 4, 5)),
        ((6, 1, 2, 3), (4, 3, 2)),
        ((50, 60), (60, 70)),
    )
    for left, right in shapes:
        x, y = random.normal(size=left), random.normal(size=right)
        a, b = Tensor(x), Tensor(y)
        expected = np.einsum("...ij,...jk->...ik", x, y)
        got = vectorized_matmul(a, b)
        assert isinstance(got, Tensor), f"the product is a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == expected.shape, f"{left} @ {right} has shape {expected.shape}, got {data.shape}"
        assert np.allclose(data, expected, rtol=1e-4, atol=1e-4), f"{left} @ {right} is {expected}, got {data}"
        assert np.array_equal(a.data, x.astype(np.float32)), "vectorized_matmul must not change its first input"
        assert np.array_equal(b.data, y.astype(np.float32)), "vectorized_matmul must not change its second input"

    for left, right in (((4,), (4, 5)), ((3, 4), (4,)), ((4,), (4,)), ((), (2, 2)), ((3, 4), (5, 4)), ((2, 3, 4), (3, 4, 5))):
        try:
            vectorized_matmul(Tensor(np.ones(left)), Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"{left} @ {right} must be a ValueError")


if __name__ == "__main__":
    test_unit_vectorized_matmul()
    print("passed: one call")

# %% [markdown]
r"""
## A chain of steps

The GELU of lesson 02 has a second form, more exact, that most libraries use:

$$\text{GELU}(x) = 0.5 \, x \left(1 + \tanh\left(\sqrt{2 / \pi} \, (x + 0.044715 \, x^3)\right)\right)$$

```
 x          −3          −1          −0.5        0     1          3
 GELU(x)    −0.003637   −0.158808   −0.154286   0     0.841192   2.996363
```

In NumPy that is one line, and nine steps: each sign makes an array of its own, as large as x.

```
 step                      reads    writes
 ───────────────────────────────────────────
 1   t = x · x               1        1          both factors are the same array
 2   t = t · x               2        1
 3   t = t · 0.044715        1        1
 4   t = t + x               2        1
 5   t = t · √(2/π)          1        1
 6   t = tanh(t)             1        1
 7   t = 1 + t               1        1
 8   t = t · x               2        1
 9   t = t · 0.5             1        1
 ───────────────────────────────────────────
                            12        9          arrays that travel: 21
```

Only two of these journeys are needed: x must be read, the result written. The other 19 carry what was computed a
moment ago.

**Two traps of dtype and cost.** `np.sqrt(2 / np.pi)` is a NumPy float64, and an array of float32 times that is an
array of float64, twice the bytes in every step from there on; `math.sqrt` gives a Python float, which leaves float32
alone. And `x ** 3` is a call of the power function for each number; `x * x * x` is two multiplications.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "gelu-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def gelu_array(x):
    """
    Compute the tanh form of GELU on an array.

    TODO: return a new array, float32 for float32.

    EXAMPLE:
    >>> gelu_array(np.array([-1, 0, 1, 3], dtype=np.float32)).round(4)
    array([-0.1588,  0.    ,  0.8412,  2.9964], dtype=float32)

    HINT: math.sqrt(2 / math.pi) is a Python float.
    """
    ### BEGIN SOLUTION
    inner = math.sqrt(2 / math.pi) * (x + 0.044715 * (x * x * x))
    return 0.5 * x * (1 + np.tanh(inner))
    ### END SOLUTION


def unfused_gelu(x):
    """Compute GELU on a Tensor, every step over the whole array. Given."""
    return Tensor(gelu_array(x.data))

# %% [markdown]
r"""
## The same chain, block by block

Take a piece of x that fits into the nearest cache, do all nine steps on it, write the result, take the next piece. The
temporaries are small, and their memory is used again for each block, so they never leave the cache:

```
 unfused:  step by step over everything            in blocks: everything on one block, then the next

 x  ████████████████████ ─▶ t₁ ████████████████    x  ████ ─▶ t₁…t₉ near ─▶ y ████
 t₁ ████████████████████ ─▶ t₂ ████████████████         ████ ─▶ t₁…t₉ near ─▶   ████
 …                                                          ████ ─▶ …             ████
 t₈ ████████████████████ ─▶ y  ████████████████

 21 arrays travel                                  2 arrays travel
```

A compiler that *fuses* loops goes to the end of this road: its blocks are one number long, and the temporaries are
registers. In NumPy each block costs nine calls, so a block should be long enough for these to be cheap beside the
work, and short enough to be near: 4,096 numbers are 16 KB.

```
 block                1        4,096      1,000,000
 ───────────────────────────────────────────────────────
 calls for 10⁶ x      9 · 10⁶  9 · 245    9
 a temporary          4 B      16 KB      4 MB
                      calls    both       memory
                      rule     are low    rules
```

`blockwise` does this for any function that treats each number by itself. It must not matter to the result where the
cuts are: the last block may be short, the array may have any shape, or no numbers at all.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "fusion-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
    if block_size < 1:
        raise ValueError(f"a block has at least one number, not {block_size}")
    flat = x.ravel()
    result = np.empty_like(flat)
    for start in range(0, flat.size, block_size):
        result[start : start + block_size] = function(flat[start : start + block_size])
    return result.reshape(x.shape)
    ### END SOLUTION


def fused_gelu(x, block_size=4096):
    """
    Compute GELU on a Tensor, all steps on one block after another.

    TODO: return a new Tensor.

    EXAMPLE:
    >>> fused_gelu(Tensor([-1, 1]), block_size=1).data.round(4)
    array([-0.1588,  0.8412], dtype=float32)
    """
    ### BEGIN SOLUTION
    return Tensor(blockwise(gelu_array, x.data, block_size))
    ### END SOLUTION


def gelu_traffic(size, *, fused):
    """
    Count the bytes that GELU sends through memory.

    TODO: return the bytes for `size` numbers in float32: those of all arrays that are read or written, step by step as
    in the table above, or, fused, of x and the result alone.

    EXAMPLE:
    >>> gelu_traffic(1000, fused=True)
    8000
    """
    ### BEGIN SOLUTION
    reads, writes = (1, 1) if fused else (12, 9)
    return BYTES * size * (reads + writes)
    ### END SOLUTION

# %% [markdown]
"""
### What the tests check

`test-fused-gelu` looks at the numbers: those of the table, 3,000 others against float64, the ends of the line, float32
that stays float32, in both forms and in blocks of several lengths.

`test-fusion-speedup` looks at the work: it hands in a function that writes down what it gets. Every number must come
exactly once, in order, in blocks of the given length, and only the last one may be shorter. Then it asks for the bytes,
and so for the speed-up that a memory-bound machine can see at most: 21 / 2 = 10.5.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-fused-gelu", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_fused_gelu():
    """Both forms of GELU give the same numbers, in float32, whatever the blocks are."""
    random = np.random.default_rng(2)
    values = random.normal(size=(30, 100)) * 3
    expected = 0.5 * values * (1 + np.tanh(np.sqrt(2 / np.pi) * (values + 0.044715 * values**3)))
    known = {-3.0: -0.003637, -1.0: -0.158808, -0.5: -0.154286, 0.0: 0.0, 1.0: 0.841192, 3.0: 2.996363, 50.0: 50.0, -50.0: 0.0}
    for name, gelu in (("unfused_gelu", unfused_gelu), ("fused_gelu", fused_gelu)):
        x = Tensor(list(known))
        got = gelu(x)
        assert isinstance(got, Tensor), f"{name} gives a Tensor, not a {type(got).__name__}"
        wanted = list(known.values())
        data = got.data
        assert data.shape == (8,), f"{name} keeps the shape (8,), got {data.shape}"
        assert np.allclose(data, wanted, rtol=1e-4, atol=2e-6), f"{name} of {list(known)} is {wanted}, got {data}"
        x = Tensor(values)
        data = gelu(x).data
        assert data.shape == (30, 100), f"{name} keeps the shape (30, 100), got {data.shape}"
        assert np.allclose(data, expected, rtol=1e-4, atol=1e-6), f"{name} is {expected[0, :3]} …, got {data[0, :3]} …"
        assert np.array_equal(x.data, values.astype(np.float32)), f"{name} must not change its input"
    for block_size in (1, 7, 2_999, 3_000, 10_000):
        data = fused_gelu(Tensor(values), block_size).data
        assert data.shape == (30, 100), f"blocks of {block_size} keep the shape (30, 100), got {data.shape}"
        same = np.allclose(data, expected, rtol=1e-4, atol=1e-6)
        assert same, f"in blocks of {block_size} GELU is {expected[0, :3]} …, got {data[0, :3]} …"
    got = gelu_array(values.astype(np.float32))
    assert got.dtype == np.float32, f"gelu_array of float32 is float32, got {got.dtype}"
    assert got.shape == (30, 100), f"gelu_array keeps the shape (30, 100), got {got.shape}"
    assert np.allclose(got, expected, rtol=1e-4, atol=1e-6), f"gelu_array is {expected[0, :3]} …, got {got[0, :3]} …"


if __name__ == "__main__":
    test_unit_fused_gelu()
    print("passed: GELU")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-fusion-speedup", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_fusion_speedup():
    """Blocks come in order and cover everything once, and the bytes that are saved are counted."""
    seen = []

    def watched(block):
        seen.append(np.array(block))
        return block * 10 + 1

    cases = (((12,), 5, [5, 5, 2]), ((3, 4), 4, [4, 4, 4]), ((2, 3, 2), 100, [12]), ((4, 3), 1, [1] * 12), ((0, 3), 4, []))
    for shape, block_size, lengths in cases:
        x = np.arange(math.prod(shape), dtype=np.float32).reshape(shape)
        seen.clear()
        got = blockwise(watched, x.copy(), block_size)
        found = [each.size for each in seen]
        text = f"{shape} in blocks of {block_size}"
        assert found == lengths, f"{text}: the blocks hold {lengths} numbers, got {found}"
        flat = [each.ndim for each in seen]
        assert flat == [1] * len(lengths), f"{text}: the blocks are flat, got {flat} dimensions"
        order = [float(number) for each in seen for number in each]
        wanted = list(map(float, range(math.prod(shape))))
        assert order == wanted, f"{text}: every number comes once, in order, got {order}"
        assert got.shape == shape, f"{text}: the result has x's shape, got {got.shape}"
        assert got.dtype == np.float32, f"{text}: the result has x's dtype float32, got {got.dtype}"
        assert np.array_equal(got, x * 10 + 1), f"{text}: the result is {x * 10 + 1}, got {got}"

    turned = np.arange(6.0).reshape(2, 3).T
    seen.clear()
    wanted = turned * 10 + 1
    got = blockwise(watched, turned, 4)
    assert got.shape == (3, 2), f"an array that is turned keeps its shape (3, 2), got {got.shape}"
    assert np.array_equal(got, wanted), f"an array that is turned gives {wanted}, got {got}"
    seen.clear()
    blockwise(watched, np.zeros(10_000))
    found = [each.size for each in seen]
    assert found == [4_096, 4_096, 1_808], f"by default a block has 4,096 numbers, got {found}"
    for block_size in (0, -4):
        try:
            blockwise(watched, np.zeros(3), block_size)
        except ValueError:
            continue
        raise AssertionError(f"a block_size of {block_size} must be a ValueError")

    for size in (1, 1_000, 4_096):
        for fused, wanted in ((False, 84 * size), (True, 8 * size)):
            got = gelu_traffic(size, fused=fused)
            assert got == wanted, f"GELU of {size} numbers, fused: {fused}, moves {wanted} bytes, got {got}"


if __name__ == "__main__":
    test_unit_fusion_speedup()
    print("passed: blocks")

# %% [markdown]
r"""
## Tiles

A product of matrices of size n does 2 n³ operations on 3 n² numbers: each number could be used n times for one trip.
The three loops use it once. Cut all three matrices into tiles of t · t, and multiply tiles as if they were numbers:

```
        A                    B                    C
 ┌────┬────┬──┐      ┌────┬────┬──┐      ┌────┬────┬──┐
 │    │████│  │      │    │    │  │      │    │    │  │       C₁₁ = A₁₀ B₀₁ + A₁₁ B₁₁ + A₁₂ B₂₁
 ├────┼────┼──┤      ├────┼────┼──┤      ├────┼────┼──┤
 │████│████│██│      │    │████│  │      │    │████│  │       a row of tiles, a column of tiles
 ├────┼────┼──┤      ├────┼────┼──┤      ├────┼────┼──┤
 │    │    │  │      │    │████│  │      │    │    │  │       at the edges tiles are what is left
 └────┴────┴──┘      └────┴────┴──┘      └────┴────┴──┘
```

While two tiles are near, each of their numbers is used t times. So a t-th of the numbers has to be fetched:

$$\text{bytes} = 4 \, \Big( \sum_{\text{pairs of tiles}} (\text{numbers of both}) + m n \Big) \approx
\frac{8 \, m \, n \, p}{t} + 4 \, m n$$

```
 1,024 · 1,024 by 1,024 · 1,024
 tile t       bytes fetched and stored     FLOPs a byte     three tiles take
 ────────────────────────────────────────────────────────────────────────────
     1               8,594 MB                   0.25               12 B
     8               1,078 MB                   1.99              768 B
    32                 273 MB                   7.88           12,288 B
    64                 138 MB                  15.52           49,152 B
   256                  38 MB                  56.89          786,432 B
 1,024                  13 MB                 170.67       12,582,912 B
```

**Which tile?** As large as the cache can hold: tiles of A, B and C at once, three times 4 t² bytes. In 32 KiB that is
t ≤ 52, for 12 · 52² = 32,448 and 12 · 53² = 33,708 > 32,768.

**The traps.** Sizes that tiles do not divide: the last tile of a row is narrower, and slices take care of that, while
a count of n // t tiles drops it. Sums: C's tile is a sum over all pairs, so begin with zeros and *add*. And the order
of the loops decides which tile stays near: here C's, while k runs through the pairs.

`product` multiplies two tiles. It is an argument so that one can put a better one in its place, or, as the test does,
one that watches.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tiles-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
    if a.data.ndim != 2 or b.data.ndim != 2 or a.shape[1] != b.shape[0] or tile_size < 1:
        raise ValueError(f"no product of shapes {a.shape} and {b.shape} in tiles of {tile_size}")
    x, y, t = a.data, b.data, tile_size
    result = np.zeros((x.shape[0], y.shape[1]), dtype=np.float32)
    for i in range(0, x.shape[0], t):
        for j in range(0, y.shape[1], t):
            for k in range(0, x.shape[1], t):
                result[i : i + t, j : j + t] += product(x[i : i + t, k : k + t], y[k : k + t, j : j + t])
    return Tensor(result)
    ### END SOLUTION


def largest_tile(cache_bytes):
    """
    Say which tiles a cache can hold.

    TODO: return the largest t for which three tiles of t · t float32 numbers fit into cache_bytes.

    EXAMPLE:
    >>> largest_tile(32 * 1024)
    52

    HINT: math.isqrt is the square root, rounded down.
    """
    ### BEGIN SOLUTION
    return math.isqrt(cache_bytes // (3 * BYTES))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    columns, rows = math.ceil(n / tile_size), math.ceil(m / tile_size)
    return BYTES * (m * p * columns + p * n * rows + m * n)
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Products of seven shapes and tile sizes, most of which do not divide the sizes, against float64. A `product` of the
test's own writes down which tiles it gets: none may be larger than asked, their number must be ⌈m/t⌉ · ⌈n/t⌉ · ⌈p/t⌉,
and together they must do each of the m · n · p multiplications once. What such a product gives must be used, too.
Then the largest tiles of five caches, and the bytes, which must be those of the tiles that were seen.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tiled-matmul", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_tiled_matmul():
    """The product is made of tiles, each pair once, whatever the sizes are."""
    random = np.random.default_rng(3)
    pairs = []

    def watched(left, right):
        pairs.append((left.shape, right.shape))
        return -2 * (np.asarray(left, dtype=np.float64) @ right)

    cases = ((6, 4, 8, 2), (7, 5, 9, 4), (1, 10, 1, 3), (10, 1, 3, 4), (5, 6, 7, 64), (3, 4, 2, 1), (65, 64, 66, 64))
    for m, p, n, tile in cases:
        text = f"({m}, {p}) @ ({p}, {n}) in tiles of {tile}"
        x, y = random.normal(size=(m, p)), random.normal(size=(p, n))
        expected = x @ y
        a, b = Tensor(x), Tensor(y)
        got = tiled_matmul(a, b, tile)
        assert isinstance(got, Tensor), f"the product is a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == (m, n), f"{text} has shape {(m, n)}, got {data.shape}"
        assert np.allclose(data, expected, rtol=1e-4, atol=1e-4), f"{text} is {expected}, got {data}"
        pairs.clear()
        odd = tiled_matmul(a, b, tile, watched).data
        assert odd.shape == (m, n), f"{text} has shape {(m, n)}, got {odd.shape}"
        assert np.allclose(odd, -2 * expected, rtol=1e-4, atol=1e-4), f"{text}: what product gives is added up"
        sizes = [size for left, right in pairs for size in (*left, *right)]
        count = math.ceil(m / tile) * math.ceil(n / tile) * math.ceil(p / tile)
        assert len(pairs) == count, f"{text} are {count} pairs of tiles, got {len(pairs)}"
        assert len(sizes) == 4 * count, f"{text}: all tiles have two dimensions"
        assert max(sizes) <= tile, f"{text}: no tile is larger than {tile}, got {max(sizes)}"
        work = sum(left[0] * left[1] * right[1] for left, right in pairs)
        assert work == m * n * p, f"{text} needs {m * n * p} multiplications, each once, got {work}"
        moved = 4 * (sum(math.prod(left) + math.prod(right) for left, right in pairs) + m * n)
        traffic = matmul_traffic(m, p, n, tile)
        assert traffic == moved, f"{text} moves {moved} bytes, got {traffic}"
        assert np.array_equal(a.data, x.astype(np.float32)), "tiled_matmul must not change its first input"
        assert np.array_equal(b.data, y.astype(np.float32)), "tiled_matmul must not change its second input"

    pairs.clear()
    tiled_matmul(Tensor(np.ones((65, 2))), Tensor(np.ones((2, 3))), product=watched)
    rows = sorted(left[0] for left, _ in pairs)
    assert rows == [1, 64], f"by default a tile has 64 rows: 65 are 64 and 1, got {rows}"
    flat = (((4,), (4, 5), 2), ((2, 4, 4), (4, 5), 2), ((3, 4), (4,), 2), ((3, 4), (4, 4, 5), 2))
    for left, right, tile in (*flat, ((3, 2), (4, 5), 2), ((3, 4), (3, 4), 2), ((3, 4), (4, 5), 0), ((3, 4), (4, 5), -2)):
        try:
            tiled_matmul(Tensor(np.ones(left)), Tensor(np.ones(right)), tile)
        except ValueError:
            continue
        raise AssertionError(f"{left} @ {right} in tiles of {tile} must be a ValueError")

    for cache, wanted in ((12, 1), (47, 1), (48, 2), (32_768, 52), (1_048_576, 295)):
        got = largest_tile(cache)
        assert got == wanted, f"{cache} bytes hold three tiles of {wanted} · {wanted}, got {got}"


if __name__ == "__main__":
    test_unit_tiled_matmul()
    print("passed: tiles")

# %% [markdown]
"""
## Putting them together

The last test runs a small network, two products with a GELU between them, in the plain and in the careful way, and
wants the same numbers. Then it looks at the whole chain once more through the eyes of memory: with the tile that a
cache of 32 KiB can hold, a product of 1,024 · 1,024 moves a fiftieth of what the loops move, and reaches 12.49 FLOPs a
byte; at that intensity the roof of lesson 14 says *compute*.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-module", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """The plain and the careful way agree on a network, and the careful one moves fewer bytes."""
    test_unit_vectorized_matmul()
    test_unit_fused_gelu()
    test_unit_fusion_speedup()
    test_unit_tiled_matmul()

    random = np.random.default_rng(5)
    x, w1, w2 = random.normal(size=(33, 20)), random.normal(size=(20, 70)) / 4, random.normal(size=(70, 3)) / 8
    inner = x @ w1
    expected = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3))) @ w2
    tile = largest_tile(4_096)
    assert tile == 18, f"4,096 bytes hold three tiles of 18 · 18, got {tile}"
    a, b, c = Tensor(x), Tensor(w1), Tensor(w2)
    results = {
        "plain": vectorized_matmul(unfused_gelu(vectorized_matmul(a, b)), c),
        "careful": tiled_matmul(fused_gelu(tiled_matmul(a, b, tile), block_size=100), c, tile),
        "mixed": tiled_matmul(unfused_gelu(vectorized_matmul(a, b)), c),
    }
    for name, got in results.items():
        assert isinstance(got, Tensor), f"the {name} way gives a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == (33, 3), f"the {name} way gives shape (33, 3), got {data.shape}"
        assert np.allclose(data, expected, rtol=1e-3, atol=1e-4), f"the {name} way gives {expected}, got {data}"

    bytes_of = {size: matmul_traffic(1_024, 1_024, 1_024, size) for size in (1, 52, 64, 1_024)}
    wanted = {1: 8_594_128_896, 52: 171_966_464, 64: 138_412_032, 1_024: 12_582_912}
    assert bytes_of == wanted, f"by tile size, 1,024 · 1,024 · 1,024 moves {wanted} bytes, got {bytes_of}"
    flat = matmul_traffic(10, 300, 25, 16), matmul_traffic(25, 300, 10, 16)
    assert flat == (55_000, 55_000), f"products of (10, 300) with (300, 25), and turned, move 55,000 bytes, got {flat}"
    saved = gelu_traffic(33 * 70, fused=False) / gelu_traffic(33 * 70, fused=True)
    assert saved == 10.5, f"a fused GELU moves 10.5 times fewer bytes, got {saved}"


if __name__ == "__main__":
    test_module()
    print("passed: the module")

# %% [markdown]
"""
## The pattern, and a comparison

All three are one idea: fetch a piece, do everything with it that can be done, then fetch the next.

```python
for piece in pieces_that_fit(data):        # a block, a tile; for a register, the compiler does it
    result[piece] = everything(piece)      # all steps, all uses
```

```
 way             piece           what is saved               same arithmetic?     where it ends
 ────────────────────────────────────────────────────────────────────────────────────────────────
 vectorize       a whole array   the interpreter's rounds    yes                  temporaries
 fuse in blocks  4,096 numbers   temporaries' journeys       yes                  2 arrays: in and out
 tile            t · t numbers   fetching a number again     yes, other order     3 tiles fill the cache
```

"Other order" matters: float32 sums depend on the order of their terms, in the last digits. Two right products of
matrices differ by some 10⁻⁷ of their size, so compare with a tolerance.

## Which one when

| symptom | take | because | not when |
|---|---|---|---|
| a Python loop over numbers | vectorize | the loop itself is the cost | each step needs the result of the one before |
| a long expression over a large array | fuse in blocks | each sign is a journey | the array fits into the cache |
| a product written by hand | `np.matmul` | it tiles, on all cores | never by hand in earnest |
| a product for a new dtype or chip | tiles | nobody has done it yet | a library has |
| little arithmetic on many bytes | fewer bytes: lesson 15 | no order of steps helps | |

## Three pipelines

**A simulation** in pure Python, 10⁶ particles, three loops.

```
 profile: 99 % in the loops ──▶ vectorize: 10⁶ rounds become 12 calls ──▶ now memory-bound ──▶ blocks of 4,096
```

**A model with an activation of its own**, a formula of fourteen signs.

```
 14 steps, 32 arrays travel ──▶ blockwise(formula, x) ──▶ 2 arrays travel ──▶ at most 16 times faster
```

**An accelerator** with 16 KiB of memory of its own per core.

```
 largest_tile(16384) = 36 ──▶ take 32, a power of two ──▶ two sets of tiles: fetch one, multiply the other
```

## In production

`np.matmul` hands float matrices to a BLAS library (OpenBLAS, MKL, Accelerate), whose innermost loop is written for one
processor, with tiles for registers, L1, L2 and L3, one within the other. `torch.compile` and XLA fuse chains of steps
into single kernels; numexpr does in Python what `blockwise` does. FlashAttention is tiling and fusion at once: the
T · T matrix of attention never exists as a whole, so its traffic falls from T² to what the inputs hold. Triton lets one
write such tiles in Python, and its programs look much like `tiled_matmul`.

## Pitfalls

- **float64 by accident.** Symptom: twice the memory, and `dtype('float64')` somewhere in the middle. Print the dtype
  after each step; the culprit is a constant from `np.`.
- **`out=` on an input.** Symptom: the second call on the same x gives something else. Compare x before and after.
- **A last block that is lost.** Symptom: the end of the result is noise, for `np.empty` does not clear. Test with a
  size that the block does not divide.
- **`=` instead of `+=`.** Symptom: right for matrices of one tile, wrong for larger ones. Test with two tiles at least.
- **Views and copies.** Symptom: `x.reshape(-1)` of a turned array is a copy, and writing into it changes nothing.
  `np.shares_memory(x, flat)` tells.
- **Blocks that are too small.** Symptom: slower than without. Count calls: size / block · steps.
- **Equality of sums.** Symptom: a test fails by 10⁻⁷. Use a tolerance, and think about which one.

## What it costs

| | arithmetic | bytes through memory | extra memory |
|---|---|---|---|
| `vectorized_matmul`, m · p · n | 2 m p n | as `np.matmul` tiles | the result |
| `tiled_matmul` with t | 2 m p n | about 8 m p n / t + 4 m n | the result, one tile |
| `unfused_gelu` of n | 9 n | 84 n, beyond the cache | two or three arrays at a time |
| `fused_gelu` of n | 9 n | 8 n | some blocks |
| `blockwise` | calls: ⌈n / block⌉ · steps | in and out | the result |

Our tiles run in Python: each pair is a call of NumPy and a sum, ⌈m/t⌉ · ⌈n/t⌉ · ⌈p/t⌉ of them. At t = 64 a call does
524,288 operations, enough to hide its own cost; at t = 1 a call does two.

## Look ahead

Lesson 19 asks whether all this is really faster, on a machine, with an interval around the answer. The capstone takes
a model through the whole of this part: measured (14), in bytes (15), compressed (16), with nothing done twice (17),
and in a good order (18).

## Questions to think about

1. Softmax reads its input three times: for the maximum, for the sum, for the quotient. Can it be done block by block
   with fewer? What must be remembered from block to block?
2. `tiled_matmul` goes through i, j, k in this order. What would have to travel more often with k outermost?
3. A chain of nine steps, fused, moves 10.5 times fewer bytes. Why did nobody see it run 10.5 times faster? Name two
   reasons, and say how you would tell them apart.

## Summary

You have taken a loop out of Python, a chain of steps out of memory, and a product of matrices apart into tiles, and
each time counted what it saved: rounds, bytes, fetches. The arithmetic never changed.

```
tito module complete 18
```

checks your work, exports it and marks the lesson as done. Lesson 19 brings the clock back.
"""
