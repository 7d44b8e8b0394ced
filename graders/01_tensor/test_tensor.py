"""Locked tests of 01_tensor, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
import pytest
from tinytorch.core.tensor import Tensor


# %% test-tensor-creation
@pytest.mark.criterion("test-tensor-creation", points=10)
def test_unit_tensor_creation():
    """Tensors hold numbers of any nesting as float32 and refuse what is no number."""
    scalar = Tensor(5)
    assert scalar.shape == (), f"Tensor(5).shape is (), got {scalar.shape}"
    assert scalar.data == 5, f"Tensor(5) holds 5, got {scalar.data}"

    matrix = Tensor([[1, 2, 3], [4, 5, 6]])
    assert matrix.shape == (2, 3), f"Tensor([[1, 2, 3], [4, 5, 6]]).shape is (2, 3), got {matrix.shape}"
    assert matrix.size == 6, f"a Tensor of shape (2, 3) has size 6, got {matrix.size}"
    assert matrix.dtype == np.float32, f"a Tensor's dtype is float32, got {matrix.dtype}"
    assert matrix.data.dtype == np.float32, f"a Tensor's data are float32, got {matrix.data.dtype}"
    plain = matrix.numpy()
    assert isinstance(plain, np.ndarray), f"numpy() gives an array, not {type(plain).__name__}"
    assert np.array_equal(plain, [[1, 2, 3], [4, 5, 6]]), f"numpy() gives the numbers, got {plain}"

    again = Tensor(matrix)
    assert np.array_equal(again.data, matrix.data), f"Tensor(t) holds t's numbers, got {again.data}"
    assert Tensor(np.arange(3)).data.dtype == np.float32, "integers become float32"
    assert Tensor([True, False]).data.dtype == np.float32, "booleans become float32"

    assert matrix.requires_grad is False, f"requires_grad is False by default, got {matrix.requires_grad}"
    assert matrix.grad is None, f"grad is None at first, got {matrix.grad}"
    assert Tensor([1.0], requires_grad=True).requires_grad is True, "requires_grad=True is stored"
    assert matrix.backward() is None, "backward() does nothing until module 05"

    for wrong in (None, "abc", "3", b"3", [[1, 2], [3]]):
        try:
            Tensor(wrong)
        except (TypeError, ValueError):
            continue
        raise AssertionError(f"Tensor({wrong!r}) must raise TypeError or ValueError")


# %% test-arithmetic
@pytest.mark.criterion("test-arithmetic", points=15)
def test_unit_arithmetic():
    """The four operations work with Tensors and numbers on either side, and broadcast."""
    a, b = Tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), Tensor([2.0, 4.0, 8.0])
    x, y = a.data.copy(), b.data.copy()
    cases = {
        "a + b": (a + b, x + y),
        "a - b": (a - b, x - y),
        "a * b": (a * b, x * y),
        "a / b": (a / b, x / y),
        "a + 10": (a + 10, x + 10),
        "10 + a": (10 + a, 10 + x),
        "a - 10": (a - 10, x - 10),
        "10 - a": (10 - a, 10 - x),
        "a * 3": (a * 3, x * 3),
        "3 * a": (3 * a, 3 * x),
        "a / 2": (a / 2, x / 2),
        "12 / a": (12 / a, 12 / x),
        "-a": (-a, -x),
    }
    for text, (got, expected) in cases.items():
        assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
        data = got.data
        assert data.shape == expected.shape, f"{text} has shape {expected.shape}, got {data.shape}"
        assert got.shape == data.shape, f"({text}).shape is that of its data, {data.shape}, got {got.shape}"
        assert np.allclose(data, expected, rtol=1e-6, atol=0), f"{text} is {expected}, got {data}"
    table = Tensor([[1.0], [2.0]]) + Tensor([10.0, 20.0])
    assert table.shape == (2, 2), f"(2, 1) + (2,) broadcasts to shape (2, 2), got {table.shape}"
    assert np.array_equal(table.data, [[11, 21], [12, 22]]), f"(2, 1) + (2,) broadcasts to (2, 2), got {table.data}"
    assert np.array_equal(a.data, x), "arithmetic must not change its operands"
    assert np.array_equal(b.data, y), "arithmetic must not change its operands"
    assert a + 0 is not a, "a + 0 must be a new Tensor"
    assert a * 1 is not a, "a * 1 must be a new Tensor"


# %% test-matmul
@pytest.mark.criterion("test-matmul", points=15)
def test_unit_matmul():
    """Matrix products of matrices, vectors and batches, with checked sizes."""
    random = np.random.default_rng(1)
    for left, right in (((2, 2), (2, 2)), ((2, 3), (3, 4)), ((3, 2), (2,)), ((5, 2, 3), (5, 3, 2))):
        x, y = random.normal(size=left), random.normal(size=right)
        product = Tensor(x).matmul(Tensor(y))
        assert isinstance(product, Tensor), f"matmul must return a Tensor, not {type(product).__name__}"
        got, expected = product.data, x @ y
        assert got.shape == expected.shape, f"{left} @ {right} has shape {expected.shape}, got {got.shape}"
        assert product.shape == got.shape, f"the product's shape is that of its data, {got.shape}, got {product.shape}"
        assert np.allclose(got, expected, rtol=1e-4, atol=1e-5), f"{x} @ {y} is {expected}, got {got}"

    with_sign = (Tensor([[1, 2], [3, 4]]) @ Tensor([[5, 6], [7, 8]])).data
    assert np.array_equal(with_sign, [[19, 22], [43, 50]]), f"[[1,2],[3,4]] @ [[5,6],[7,8]], got {with_sign}"

    for left, right in (((2, 3), (2, 3)), ((4,), (3,))):
        try:
            Tensor(np.ones(left)).matmul(Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"matmul of {left} and {right} must raise ValueError")

    matrix = Tensor([[1, 2], [3, 4]])
    for wrong, kind in (([[5], [6]], TypeError), (2, TypeError), (Tensor(2), ValueError)):
        try:
            matrix.matmul(wrong)
        except kind:
            continue
        name = "Tensor(2)" if kind is ValueError else repr(wrong)
        raise AssertionError(f"matmul of a (2, 2) Tensor with {name} must raise {kind.__name__}")
    try:
        Tensor(2).matmul(matrix)
    except ValueError:
        pass
    else:
        raise AssertionError("matmul of Tensor(2) with a (2, 2) Tensor must raise ValueError")

    left, right = Tensor([[1, 2], [3, 4]]), Tensor([[5, 6], [7, 8]])
    left.matmul(right)
    assert np.array_equal(left.data, [[1, 2], [3, 4]]), f"matmul must not change its left side, now {left.data}"
    assert np.array_equal(right.data, [[5, 6], [7, 8]]), f"matmul must not change its right side, now {right.data}"


# %% test-shape-ops
@pytest.mark.criterion("test-shape-ops", points=15)
def test_unit_shape_ops():
    """Indexing, reshape and transpose give new Tensors of the right shape and order."""
    values = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    t = Tensor(values)
    cases = {
        "t[1]": (t[1], values[1]),
        "t[0, 2]": (t[0, 2], values[0, 2]),
        "t[:, 1:, 0]": (t[:, 1:, 0], values[:, 1:, 0]),
        "t[-1, -1, -1]": (t[-1, -1, -1], values[-1, -1, -1]),
        "t.reshape(6, 4)": (t.reshape(6, 4), values.reshape(6, 4)),
        "t.reshape((4, 6))": (t.reshape((4, 6)), values.reshape(4, 6)),
        "t.reshape(-1)": (t.reshape(-1), values.reshape(-1)),
        "t.reshape(2, -1)": (t.reshape(2, -1), values.reshape(2, -1)),
        "t.transpose()": (t.transpose(), np.swapaxes(values, 1, 2)),
        "Tensor(values[0]).transpose()": (Tensor(values[0]).transpose(), values[0].T),
        "t.transpose(0, 1)": (t.transpose(0, 1), np.swapaxes(values, 0, 1)),
        "t.transpose(0, -1)": (t.transpose(0, -1), np.swapaxes(values, 0, 2)),
        "Tensor([1, 2, 3]).transpose()": (Tensor([1, 2, 3]).transpose(), np.array([1, 2, 3])),
        "Tensor(5).transpose()": (Tensor(5).transpose(), np.array(5)),
    }
    for text, (got, expected) in cases.items():
        assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
        assert got.shape == expected.shape, f"{text} has shape {expected.shape}, got {got.shape}"
        assert np.array_equal(got.data, expected), f"{text} is {expected}, got {got.data}"

    row = Tensor([1, 2, 3])
    assert row.transpose() is not row, "transposing a vector gives a new Tensor"
    assert np.array_equal(row.data, [1, 2, 3]), f"transposing must not change a vector, now {row.data}"
    assert np.array_equal(t.data, values), "indexing, reshape and transpose must not change their Tensor"
    for shape in ((5, 5), (-1, 7)):
        try:
            t.reshape(*shape)
        except ValueError:
            continue
        raise AssertionError(f"24 numbers do not fit into {shape}: reshape must raise ValueError")
    try:
        t.transpose(0)
    except ValueError:
        return
    raise AssertionError("t.transpose(0) names one direction of two: it must raise ValueError")


# %% test-reductions
@pytest.mark.criterion("test-reductions", points=10)
def test_unit_reductions():
    """Sum, mean and max fold everything or one axis, and keep it with size 1 if asked."""
    values = np.random.default_rng(7).normal(size=(2, 3, 4)).astype(np.float32) - 5
    t = Tensor(values)
    for name in ("sum", "mean", "max"):
        whole = getattr(t, name)()
        assert isinstance(whole, Tensor), f"t.{name}() must be a Tensor, not {type(whole).__name__}"
        assert whole.shape == (), f"t.{name}() has shape (), got {whole.shape}"
        for axis, keepdims in ((None, False), (None, True), (0, False), (1, True), (-1, False), (2, True)):
            part = getattr(t, name)(axis=axis, keepdims=keepdims)
            expected = getattr(values.astype(np.float64), name)(axis=axis, keepdims=keepdims)
            text = f"t.{name}(axis={axis}, keepdims={keepdims})"
            assert isinstance(part, Tensor), f"{text} must be a Tensor, not {type(part).__name__}"
            got = part.data
            assert got.shape == expected.shape, f"{text} has shape {expected.shape}, got {got.shape}"
            assert part.shape == got.shape, f"{text}.shape is that of its data, {got.shape}, got {part.shape}"
            assert np.allclose(got, expected, rtol=1e-5, atol=1e-5), f"{text} is {expected}, got {got}"


# %% module-integration
@pytest.mark.criterion("module-integration", points=20)
def test_module():
    """Operations of every kind work one behind the other."""
    test_unit_tensor_creation()
    test_unit_arithmetic()
    test_unit_matmul()
    test_unit_shape_ops()
    test_unit_reductions()

    random = np.random.default_rng(8)
    x, w, b = (Tensor(random.normal(size=shape)) for shape in ((4, 4), (4, 4), (4,)))
    layer = x @ w + b
    centred = layer - layer.mean(axis=0, keepdims=True)
    scaled = centred / layer.max()
    flat = scaled.transpose().reshape(-1)
    steps = {
        "x @ w + b": (layer, (4, 4)),
        "a layer less its mean": (centred, (4, 4)),
        "what is divided by the largest number": (scaled, (4, 4)),
        "what is transposed and flattened": (flat, (16,)),
        "its numbers 1 to 8": (flat[1:9], (8,)),
        "their products with themselves": (flat[1:9] * flat[1:9], (8,)),
        "their sum": (flat[1:9].sum(), ()),
    }
    for text, (tensor, shape) in steps.items():
        assert isinstance(tensor, Tensor), f"{text} must be a Tensor, not {type(tensor).__name__}"
        data = tensor.data
        assert data.shape == shape, f"{text} has shape {shape}, got {data.shape}"
        assert tensor.shape == shape, f"{text}: its shape is that of its data, {shape}, got {tensor.shape}"
        assert np.all(np.isfinite(data)), f"{text} is finite, got {data}"
