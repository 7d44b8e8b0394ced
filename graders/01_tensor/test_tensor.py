"""Locked tests of 01_tensor, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
import pytest
from tinytorch.core.tensor import Tensor


# %% checks
def check_shape(text, got, shape):
    """Check that an answer is a whole Tensor of the given shape, and return its array."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    data = got.data
    assert isinstance(data, np.ndarray), f"{text}: its data must be an array, not {type(data).__name__}"
    assert data.shape == shape, f"{text} has shape {shape}, got {data.shape}"
    assert got.shape == shape, f"{text}: its shape is that of its data, {shape}, got {got.shape}"
    return data


def check_tensor(text, got, expected, rtol=0, atol=0):
    """Compare an answer with the numbers that it must hold: first the shape, then every one of them."""
    expected = np.asarray(expected)
    data = check_shape(text, got, expected.shape)
    assert np.allclose(data, expected, rtol=rtol, atol=atol), f"{text} is {expected}, got {data}"


# %% test-tensor-creation
@pytest.mark.criterion("test-tensor-creation", points=10)
def test_unit_tensor_creation():
    """Tensors hold numbers of any nesting as float32 and refuse what is no number."""
    check_tensor("Tensor(5)", Tensor(5), 5)
    check_tensor("Tensor([])", Tensor([]), np.zeros(0))
    check_tensor("Tensor([True, False])", Tensor([True, False]), [1, 0])
    check_tensor("Tensor(np.arange(3))", Tensor(np.arange(3)), [0, 1, 2])
    matrix = Tensor([[1, 2, 3], [4, 5, 6]])
    check_tensor("Tensor([[1, 2, 3], [4, 5, 6]])", matrix, [[1, 2, 3], [4, 5, 6]])
    check_tensor("Tensor(t)", Tensor(matrix), [[1, 2, 3], [4, 5, 6]])
    assert matrix.size == 6, f"a Tensor of shape (2, 3) has size 6, got {matrix.size}"
    assert matrix.dtype == np.float32, f"a Tensor's dtype is float32, got {matrix.dtype}"
    for text, tensor in (("floats", matrix), ("integers", Tensor(np.arange(3))), ("booleans", Tensor([True, False]))):
        got = tensor.data.dtype
        assert got == np.float32, f"{text} are held as float32, got {got}"
    plain = matrix.numpy()
    assert isinstance(plain, np.ndarray), f"numpy() gives an array, not {type(plain).__name__}"
    assert np.array_equal(plain, [[1, 2, 3], [4, 5, 6]]), f"numpy() gives the numbers, got {plain}"

    assert matrix.requires_grad is False, f"requires_grad is False by default, got {matrix.requires_grad}"
    assert matrix.grad is None, f"grad is None at first, got {matrix.grad}"
    assert Tensor([1.0], requires_grad=True).requires_grad is True, "requires_grad=True is stored"
    assert matrix.backward() is None, "backward() does nothing until module 05"

    matrix.data = np.zeros((4, 2))
    assert matrix.shape == (4, 2), f"with other data, of shape (4, 2), t.shape is (4, 2), got {matrix.shape}"
    assert matrix.size == 8, f"with other data, of shape (4, 2), t.size is 8, got {matrix.size}"
    assert matrix.dtype == np.float64, f"with other data, in float64, t.dtype is float64, got {matrix.dtype}"

    for wrong in (None, "abc", "3", b"3", [None], ["3"], [b"3"], [1, None], [[1, 2], [3, "4"]], 2j, [[1, 2], [3]]):
        try:
            Tensor(wrong)
        except (TypeError, ValueError):
            continue
        raise AssertionError(f"Tensor({wrong!r}) must raise TypeError or ValueError")


# %% test-arithmetic
@pytest.mark.criterion("test-arithmetic", points=15)
def test_unit_arithmetic():
    """The four operations work with Tensors and numbers on either side, and broadcast."""
    x, y = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([2.0, 4.0, 8.0])
    a, b = Tensor(x.copy()), Tensor(y.copy())
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
        check_tensor(text, got, expected, rtol=1e-6)
    table = Tensor([[1], [2]]) + Tensor([10, 20])
    check_tensor("Tensor([[1], [2]]) + Tensor([10, 20])", table, [[11, 21], [12, 22]])
    check_tensor("arithmetic must not change its operands: a", a, x)
    check_tensor("arithmetic must not change its operands: b", b, y)
    assert a + 0 is not a, "a + 0 must be a new Tensor"
    assert a * 1 is not a, "a * 1 must be a new Tensor"


# %% test-matmul
@pytest.mark.criterion("test-matmul", points=15)
def test_unit_matmul():
    """Matrix products of matrices, vectors and batches, with checked sizes."""
    random = np.random.default_rng(1)
    for left, right in (((2, 2), (2, 2)), ((2, 3), (3, 4)), ((3, 2), (2,)), ((2,), (2, 3)), ((5, 2, 3), (5, 3, 2))):
        x, y = random.normal(size=left), random.normal(size=right)
        product = Tensor(x.copy()).matmul(Tensor(y.copy()))
        check_tensor(f"a product of shapes {left} and {right}", product, x @ y, rtol=1e-4, atol=1e-5)
    with_sign = Tensor([[1, 2], [3, 4]]) @ Tensor([[5, 6], [7, 8]])
    check_tensor("[[1, 2], [3, 4]] @ [[5, 6], [7, 8]]", with_sign, [[19, 22], [43, 50]])

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
    check_tensor("matmul must not change its left side, which", left, [[1, 2], [3, 4]])
    check_tensor("matmul must not change its right side, which", right, [[5, 6], [7, 8]])


# %% test-shape-ops
@pytest.mark.criterion("test-shape-ops", points=15)
def test_unit_shape_ops():
    """Indexing, reshape and transpose give new Tensors of the right shape and order."""
    values = np.arange(24.0).reshape(2, 3, 4)
    t, matrix, row = Tensor(values.copy()), Tensor(values[0].copy()), Tensor([1, 2, 3])
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
        "t[0].transpose()": (matrix.transpose(), values[0].T),
        "t.transpose(0, 1)": (t.transpose(0, 1), np.swapaxes(values, 0, 1)),
        "t.transpose(0, -1)": (t.transpose(0, -1), np.swapaxes(values, 0, 2)),
        "Tensor([1, 2, 3]).transpose()": (row.transpose(), [1, 2, 3]),
        "Tensor(5).transpose()": (Tensor(5).transpose(), 5),
    }
    for text, (got, expected) in cases.items():
        check_tensor(text, got, expected)

    assert row.transpose() is not row, "transposing a vector gives a new Tensor"
    check_tensor("transposing must not change a vector, which", row, [1, 2, 3])
    check_tensor("indexing, reshape and transpose must not change their Tensor, which", t, values)
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
    values = np.random.default_rng(7).normal(size=(2, 3, 4)) - 5
    t = Tensor(values.copy())
    for name in ("sum", "mean", "max"):
        check_tensor(f"t.{name}()", getattr(t, name)(), getattr(values, name)(), rtol=1e-5, atol=1e-5)
        for axis, keepdims in ((None, False), (None, True), (0, False), (1, True), (-1, False), (2, True)):
            part = getattr(t, name)(axis=axis, keepdims=keepdims)
            expected = getattr(values, name)(axis=axis, keepdims=keepdims)
            check_tensor(f"t.{name}(axis={axis}, keepdims={keepdims})", part, expected, rtol=1e-5, atol=1e-5)
    check_tensor("reductions must not change their Tensor, which", t, values, rtol=1e-6)


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
        data = check_shape(text, tensor, shape)
        assert np.all(np.isfinite(data)), f"{text} is finite, got {data}"
        assert data.size == 1 or np.ptp(data) > 0, f"{text}: its numbers are not all the same, got {data}"
