"""Locked tests of 02_activations, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
import pytest
from tinytorch.core.activations import GELU, ReLU, Sigmoid, Softmax, Tanh


# %% setup
# How close to their limits saturated functions must come.
TOLERANCE = 1e-10


# %%
# For the tests alone, so these are not exported.
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


# %% test-sigmoid
@pytest.mark.criterion("test-sigmoid", points=10)
def test_unit_sigmoid():
    """Sigmoid gives known values, saturates without overflow and leaves its input alone."""
    sigmoid = Sigmoid()
    known = sigmoid(Tensor([0.0, 1.0, -1.0, 2.0, -2.0]))
    check_tensor("sigmoid([0, 1, -1, 2, -2])", known, [0.5, 0.731059, 0.268941, 0.880797, 0.119203], atol=1e-5)

    moderate = check_shape("sigmoid([-10, -1, 0, 1, 10])", sigmoid(Tensor([-10.0, -1.0, 0.0, 1.0, 10.0])), (5,))
    assert np.all((moderate > 0) & (moderate < 1)), f"sigmoid stays strictly between 0 and 1, got {moderate}"
    far = sigmoid(Tensor([1000.0, -1000.0]))
    check_tensor(f"sigmoid([1000, -1000]), within {TOLERANCE},", far, [1.0, 0.0], atol=TOLERANCE)

    values = np.random.default_rng(2).normal(size=(2, 3, 4)) * 4
    x = Tensor(values.copy())
    y = sigmoid.forward(x)
    check_tensor(f"sigmoid({values})", y, 1 / (1 + np.exp(-values)), atol=1e-5)
    check_tensor("sigmoid must not change its input, which", x, values.astype(np.float32))
    assert y is not x, "sigmoid must return a new Tensor"


# %% test-relu
@pytest.mark.criterion("test-relu", points=10)
def test_unit_relu():
    """ReLU keeps what is positive, makes the rest 0 and returns a new Tensor."""
    relu = ReLU()
    x = Tensor([[-2.0, -0.001, 0.0], [0.001, 2.0, 1e6]])
    y = relu(x)
    check_tensor("ReLU([[-2, -0.001, 0], [0.001, 2, 1e6]])", y, np.float32([[0, 0, 0], [0.001, 2, 1e6]]))
    check_tensor("ReLU must not change its input, which", x, np.float32([[-2, -0.001, 0], [0.001, 2, 1e6]]))

    positive = Tensor([1.0, 2.0])
    same = relu.forward(positive)
    assert same is not positive, "ReLU must return a new Tensor, even when no element is negative"
    check_tensor("ReLU([1, 2])", same, [1.0, 2.0])

    values = np.random.default_rng(3).normal(size=(3, 2, 5)).astype(np.float32)
    check_tensor(f"ReLU({values})", relu.forward(Tensor(values.copy())), np.maximum(values, 0))


# %% test-tanh
@pytest.mark.criterion("test-tanh", points=10)
def test_unit_tanh():
    """Tanh gives known values, is odd, saturates at ±1 and leaves its input alone."""
    tanh = Tanh()
    known = tanh(Tensor([0.0, 1.0, -1.0, 2.0, -2.0]))
    check_tensor("tanh([0, 1, -1, 2, -2])", known, [0.0, 0.761594, -0.761594, 0.964028, -0.964028], atol=1e-5)
    check_tensor("tanh([1000, -1000])", tanh(Tensor([1000.0, -1000.0])), [1.0, -1.0], atol=TOLERANCE)

    values = np.random.default_rng(4).normal(size=(2, 3, 4))
    x = Tensor(values.copy())
    check_tensor(f"tanh({values})", tanh.forward(x), np.tanh(values), atol=1e-5)
    check_tensor(f"tanh is odd: tanh({-values})", tanh.forward(Tensor(-values)), -np.tanh(values), atol=1e-5)
    check_tensor("tanh must not change its input, which", x, values.astype(np.float32))


# %% test-gelu
@pytest.mark.criterion("test-gelu", points=10)
def test_unit_gelu():
    """GELU follows x·Φ(x) within 0.021, dips below 0 and is finite far out."""
    import math

    gelu = GELU()
    values = np.array([[-3.0, -2.0, -1.0, -0.5], [0.0, 0.5, 1.0, 3.0]])
    exact = [[x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in row] for row in values]
    x = Tensor(values.copy())
    y = gelu(x)
    check_tensor(f"GELU({values}), within 0.021,", y, exact, atol=0.021)
    dip, zero = y.data[0], y.data[1, 0]
    assert zero == 0, f"GELU(0) is 0, got {zero}"
    assert dip[2] < dip[1] < dip[0] < 0, f"GELU dips below 0 and rises towards it again, got {dip}"
    check_tensor("GELU must not change its input, which", x, values)

    far = gelu.forward(Tensor([1000.0, -1000.0]))
    check_tensor("GELU([1000, -1000])", far, [1000.0, 0.0], atol=1e-3)


# %% test-softmax
@pytest.mark.criterion("test-softmax", points=10)
def test_unit_softmax():
    """Softmax gives known probabilities along any dimension and survives large scores."""
    softmax = Softmax()
    expected = [0.090031, 0.244728, 0.665241]
    check_tensor("softmax([1, 2, 3])", softmax(Tensor([1.0, 2.0, 3.0])), expected, atol=1e-5)
    check_tensor("softmax([1000, 1001, 1002])", softmax(Tensor([1000.0, 1001.0, 1002.0])), expected, atol=1e-5)

    values = np.random.default_rng(5).normal(size=(2, 3, 4)) * 3
    x = Tensor(values.copy())
    for dim in (0, 1, 2, -1):
        y, wanted = softmax(x, dim=dim), np.exp(values) / np.exp(values).sum(axis=dim, keepdims=True)
        got = check_shape(f"softmax along {dim}", y, (2, 3, 4))
        sums = got.sum(axis=dim)
        assert np.allclose(sums, 1, rtol=0, atol=1e-5), f"softmax along {dim} sums to 1 along {dim}, got {sums}"
        check_tensor(f"softmax along {dim}", y, wanted, atol=1e-5)
        assert np.array_equal(got.argmax(axis=dim), values.argmax(axis=dim)), f"softmax along {dim} keeps the order"
    check_tensor("softmax must not change its input, which", x, values.astype(np.float32))

    check_tensor("softmax([0, 1000])", softmax(Tensor([0.0, 1000.0])), [0.0, 1.0], atol=1e-5)
    rows = Tensor([[0.0, 0.0], [1000.0, 1000.0]])
    for text, halves in (("softmax(x)", softmax(rows)), ("softmax.forward(x)", softmax.forward(rows))):
        check_tensor(f"{text} of rows of 0 and 1000", halves, np.full((2, 2), 0.5), atol=1e-3)


# %% module-test
@pytest.mark.criterion("module-test", points=20)
def test_module():
    """The activations share one interface and work one behind the other."""
    test_unit_sigmoid()
    test_unit_relu()
    test_unit_tanh()
    test_unit_gelu()
    test_unit_softmax()

    x = Tensor(np.random.default_rng(6).normal(size=(4, 6)))
    for activation in (Sigmoid(), ReLU(), Tanh(), GELU(), Softmax()):
        name = type(activation).__name__
        assert callable(activation), f"{name} objects must be callable: {name}()(x)"
        assert hasattr(activation, "backward"), f"{name} needs a method backward, even if only a placeholder"
        data = check_shape(f"{name}().forward(x)", activation.forward(x), (4, 6))
        assert data.dtype == np.float32, f"{name} gives float32, got {data.dtype}"
        assert np.all(np.isfinite(data)), f"{name} of numbers around 0 is finite, got {data}"
        assert data.max() > data.min(), f"{name} tells its inputs apart, got {data}"

    # A fresh Tensor: an activation that writes into its input is charged in its own test.
    hidden = Tensor(np.random.default_rng(6).normal(size=(4, 6)))
    for activation in (ReLU(), Tanh(), GELU(), Sigmoid()):
        hidden = activation.forward(hidden)
    chained = check_shape("a chain that ends in Softmax", Softmax().forward(hidden, dim=1), (4, 6))
    assert np.all((chained >= 0) & (chained <= 1)), f"a chain that ends in Softmax stays between 0 and 1, got {chained}"
    assert chained.max() > chained.min(), f"a chain still tells its inputs apart, got {chained}"
