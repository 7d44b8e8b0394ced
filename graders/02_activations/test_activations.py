"""Locked tests of 02_activations, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
import pytest
from tinytorch.core.activations import GELU, ReLU, Sigmoid, Softmax, Tanh


# %% setup
# How close to their limits saturated functions must come.
TOLERANCE = 1e-10


# %% test-sigmoid
@pytest.mark.criterion("test-sigmoid", points=10)
def test_unit_sigmoid():
    """Sigmoid gives known values, saturates without overflow and leaves its input alone."""
    sigmoid = Sigmoid()
    x = Tensor([0.0, 1.0, -1.0, 2.0, -2.0])
    y = sigmoid(x)
    assert isinstance(y, Tensor), f"Sigmoid()(x) must return a Tensor, not {type(y).__name__}"
    expected = np.array([0.5, 0.731059, 0.268941, 0.880797, 0.119203])
    assert np.allclose(y.data, expected, rtol=0, atol=1e-5), f"sigmoid([0, 1, -1, 2, -2]) is {expected}, got {y.data}"

    moderate = sigmoid(Tensor([-10.0, -1.0, 0.0, 1.0, 10.0])).data
    assert np.all((moderate > 0) & (moderate < 1)), f"sigmoid stays strictly between 0 and 1, got {moderate}"

    far = sigmoid(Tensor([1000.0, -1000.0])).data
    assert np.all(np.isfinite(far)), f"sigmoid(±1000) must be finite, got {far}"
    assert abs(far[0] - 1) <= TOLERANCE, f"sigmoid(1000) is 1 within {TOLERANCE}, got {far[0]}"
    assert abs(far[1]) <= TOLERANCE, f"sigmoid(-1000) is 0 within {TOLERANCE}, got {far[1]}"

    values = np.random.default_rng(2).normal(size=(2, 3, 4)) * 4
    block = Tensor(values)
    before = block.data.copy()
    result = sigmoid.forward(block)
    assert result.shape == (2, 3, 4), f"sigmoid keeps the shape (2, 3, 4), got {result.shape}"
    wanted = 1 / (1 + np.exp(-values))
    assert np.allclose(result.data, wanted, rtol=0, atol=1e-5), f"sigmoid({before}) is {wanted}, got {result.data}"
    assert np.array_equal(block.data, before), "sigmoid must not change its input"
    assert result is not block, "sigmoid must return a new Tensor"


# %% test-relu
@pytest.mark.criterion("test-relu", points=10)
def test_unit_relu():
    """ReLU keeps what is positive, makes the rest 0 and returns a new Tensor."""
    relu = ReLU()
    x = Tensor([[-2.0, -0.001, 0.0], [0.001, 2.0, 1e6]])
    before = x.data.copy()
    y = relu(x)
    assert isinstance(y, Tensor), f"ReLU()(x) must return a Tensor, not {type(y).__name__}"
    expected = np.maximum(before, 0)
    assert y.shape == (2, 3), f"ReLU keeps the shape (2, 3), got {y.shape}"
    assert np.array_equal(y.data, expected), f"ReLU({before}) is {expected}, got {y.data}"
    assert np.array_equal(x.data, before), f"ReLU must not change its input: it was {before} and is now {x.data}"

    positive = Tensor([1.0, 2.0])
    same = relu.forward(positive)
    assert same is not positive, "ReLU must return a new Tensor, even when no element is negative"
    assert np.array_equal(same.data, [1.0, 2.0]), f"ReLU([1, 2]) is [1, 2], got {same.data}"

    values = np.random.default_rng(3).normal(size=(3, 2, 5)).astype(np.float32)
    got = relu.forward(Tensor(values)).data
    assert np.array_equal(got, np.maximum(values, 0)), f"ReLU({values}) is {np.maximum(values, 0)}, got {got}"


# %% test-tanh
@pytest.mark.criterion("test-tanh", points=10)
def test_unit_tanh():
    """Tanh gives known values, is odd, saturates at ±1 and leaves its input alone."""
    tanh = Tanh()
    y = tanh(Tensor([0.0, 1.0, -1.0, 2.0, -2.0]))
    assert isinstance(y, Tensor), f"Tanh()(x) must return a Tensor, not {type(y).__name__}"
    expected = np.array([0.0, 0.761594, -0.761594, 0.964028, -0.964028])
    assert np.allclose(y.data, expected, rtol=0, atol=1e-5), f"tanh([0, 1, -1, 2, -2]) is {expected}, got {y.data}"

    far = tanh(Tensor([1000.0, -1000.0])).data
    assert np.allclose(far, [1.0, -1.0], rtol=0, atol=TOLERANCE), f"tanh(±1000) is ±1, got {far}"

    values = np.random.default_rng(4).normal(size=(2, 3, 4))
    x = Tensor(values)
    before = x.data.copy()
    result = tanh.forward(x)
    assert result.shape == (2, 3, 4), f"tanh keeps the shape (2, 3, 4), got {result.shape}"
    wanted = np.tanh(values)
    assert np.allclose(result.data, wanted, rtol=0, atol=1e-5), f"tanh({before}) is {wanted}, got {result.data}"
    opposite = tanh.forward(Tensor(-values)).data
    assert np.allclose(opposite, -result.data, rtol=0, atol=1e-6), "tanh is odd: tanh(-x) is -tanh(x)"
    assert np.array_equal(x.data, before), "tanh must not change its input"


# %% test-gelu
@pytest.mark.criterion("test-gelu", points=10)
def test_unit_gelu():
    """GELU follows x·Φ(x) within 0.021, dips below 0 and is finite far out."""
    import math

    gelu = GELU()
    values = np.array([[-3.0, -2.0, -1.0, -0.5], [0.0, 0.5, 1.0, 3.0]])
    exact = np.array([[x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in row] for row in values])
    x = Tensor(values)
    y = gelu(x)
    assert isinstance(y, Tensor), f"GELU()(x) must return a Tensor, not {type(y).__name__}"
    assert y.shape == (2, 4), f"GELU keeps the shape (2, 4), got {y.shape}"
    assert np.allclose(y.data, exact, rtol=0, atol=0.021), f"GELU({values}) is {exact} within 0.021, got {y.data}"
    assert y.data[1, 0] == 0, f"GELU(0) is 0, got {y.data[1, 0]}"
    dip = y.data[0]
    assert dip[2] < dip[1] < dip[0] < 0, f"GELU dips below 0 and rises towards it again, got {dip}"
    assert np.array_equal(x.data, values.astype(np.float32)), "GELU must not change its input"

    far = gelu.forward(Tensor([1000.0, -1000.0])).data
    assert np.allclose(far, [1000.0, 0.0], rtol=0, atol=1e-3), f"GELU([1000, -1000]) is [1000, 0], got {far}"


# %% test-softmax
@pytest.mark.criterion("test-softmax", points=10)
def test_unit_softmax():
    """Softmax gives known probabilities along any dimension and survives large scores."""
    softmax = Softmax()
    y = softmax(Tensor([1.0, 2.0, 3.0]))
    assert isinstance(y, Tensor), f"Softmax()(x) must return a Tensor, not {type(y).__name__}"
    expected = np.array([0.090031, 0.244728, 0.665241])
    assert np.allclose(y.data, expected, rtol=0, atol=1e-5), f"softmax([1, 2, 3]) is {expected}, got {y.data}"

    large = softmax(Tensor([1000.0, 1001.0, 1002.0])).data
    assert np.all(np.isfinite(large)), f"softmax([1000, 1001, 1002]) must be finite, got {large}"
    assert np.allclose(large, expected, rtol=0, atol=1e-5), f"softmax([1000, 1001, 1002]) is {expected}, got {large}"

    values = np.random.default_rng(5).normal(size=(2, 3, 4)) * 3
    x = Tensor(values)
    before = x.data.copy()
    for dim in (0, 1, 2, -1):
        got = softmax(x, dim=dim).data
        assert got.shape == (2, 3, 4), f"softmax along {dim} keeps the shape (2, 3, 4), got {got.shape}"
        wanted = np.exp(values) / np.exp(values).sum(axis=dim, keepdims=True)
        sums = got.sum(axis=dim)
        assert np.allclose(sums, 1, rtol=0, atol=1e-5), f"softmax along {dim} sums to 1 along {dim}, got {sums}"
        assert np.allclose(got, wanted, rtol=0, atol=1e-5), f"softmax along {dim} is {wanted}, got {got}"
        assert np.array_equal(got.argmax(axis=dim), values.argmax(axis=dim)), f"softmax along {dim} keeps the order"
    assert np.array_equal(x.data, before), "softmax must not change its input"

    apart = softmax(Tensor([0.0, 1000.0])).data
    assert np.allclose(apart, [0.0, 1.0], rtol=0, atol=1e-5), f"softmax([0, 1000]) is [0, 1], got {apart}"

    rows = Tensor([[0.0, 0.0], [1000.0, 1000.0]])
    for text, got in (("softmax(x)", softmax(rows)), ("softmax.forward(x)", softmax.forward(rows))):
        halves = got.data
        assert np.allclose(halves, 0.5, rtol=0, atol=1e-3), f"{text} of rows of 0 and 1000 is 0.5, got {halves}"


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
        result = activation.forward(x)
        assert isinstance(result, Tensor), f"{name}().forward(x) must return a Tensor, not {type(result).__name__}"
        data = result.data
        assert data.shape == (4, 6), f"{name} keeps the shape (4, 6), got {data.shape}"
        assert data.dtype == np.float32, f"{name} gives float32, got {data.dtype}"

    # A fresh Tensor: an activation that writes into its input is charged in its own test.
    hidden = Tensor(np.random.default_rng(6).normal(size=(4, 6)))
    for activation in (ReLU(), Tanh(), GELU(), Sigmoid()):
        hidden = activation.forward(hidden)
    probabilities = Softmax().forward(hidden, dim=1)
    chained = probabilities.data
    assert chained.shape == (4, 6), f"a chain keeps the shape (4, 6), got {chained.shape}"
    assert np.all((chained >= 0) & (chained <= 1)), f"a chain that ends in Softmax stays between 0 and 1, got {chained}"
    assert chained.max() > chained.min(), f"a chain still tells its inputs apart, got {chained}"
