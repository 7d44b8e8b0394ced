"""Locked tests of 18_acceleration, full edition. Made by `tito lock`; a change by hand is refused."""

import math
import numpy as np
from tinytorch.core.tensor import Tensor
import pytest
from tinytorch.perf.acceleration import (
    blockwise,
    fused_gelu,
    gelu_array,
    gelu_traffic,
    largest_tile,
    matmul_traffic,
    tiled_matmul,
    unfused_gelu,
    vectorized_matmul,
)


# %% test-vectorized-matmul
@pytest.mark.criterion("test-vectorized-matmul", points=10)
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


# %% test-fused-gelu
@pytest.mark.criterion("test-fused-gelu", points=10)
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


# %% test-fusion-speedup
@pytest.mark.criterion("test-fusion-speedup", points=10)
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


# %% test-tiled-matmul
@pytest.mark.criterion("test-tiled-matmul", points=10)
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


# %% test-module
@pytest.mark.criterion("test-module", points=20)
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
