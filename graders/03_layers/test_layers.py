"""Locked tests of 03_layers, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
# For the last test alone, so it is not exported.
from tinytorch.core.activations import ReLU
import pytest
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential


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


# %% test-linear
@pytest.mark.criterion("test-linear", points=15)
def test_unit_linear():
    """Linear begins with scaled random weights and a zero bias, and computes x W + b."""
    layer = Linear(300, 200)
    assert (layer.in_features, layer.out_features) == (300, 200), "Linear keeps in_features and out_features"
    weight = check_shape("Linear(300, 200).weight", layer.weight, (300, 200))
    check_tensor("the bias of Linear(300, 200), which begins at 0,", layer.bias, np.zeros(200))
    deviation = np.sqrt(1 / 300)
    mean, got = weight.mean(), weight.std()
    assert abs(mean) < 0.05 * deviation, f"weights have mean 0, got {mean}"
    assert abs(got / deviation - 1) < 0.05, f"weights have standard deviation sqrt(1/300) = {deviation}, got {got}"
    different = np.unique(weight).size
    assert different > 50_000, f"every weight is a random number of its own, got {different} different ones"
    other = check_shape("Linear(300, 200).weight", Linear(300, 200).weight, (300, 200))
    assert np.mean(other != weight) > 0.9, "two layers begin with different weights"

    random = np.random.default_rng(1)
    w, b = random.normal(size=(3, 5)), random.normal(size=5)
    with_bias, without = Linear(3, 5), Linear(3, 5, bias=False)
    assert without.bias is None, "Linear(3, 5, bias=False) has None as its bias"
    with_bias.weight, with_bias.bias, without.weight = Tensor(w.copy()), Tensor(b.copy()), Tensor(w.copy())
    for shape in ((4, 3), (3,), (2, 4, 3)):
        values = random.normal(size=shape)
        x = Tensor(values.copy())
        for layer, expected, text in ((with_bias, values @ w + b, "x W + b"), (without, values @ w, "x W")):
            y = layer.forward(x)
            check_tensor(f"{text} for x of shape {shape}", y, expected, rtol=1e-4, atol=1e-5)
            assert y.data.dtype == np.float32, f"y is float32, got {y.data.dtype}"
        check_tensor("Linear must not change its input, which", x, values.astype(np.float32))


# %% test-linear-edge-cases
@pytest.mark.criterion("test-linear-edge-cases", points=5)
def test_unit_linear_edge_cases():
    """Linear takes batches of one and of none, inputs in the millions, and zero weights."""
    random = np.random.default_rng(2)
    values, w = random.normal(size=(4, 10)), random.normal(size=(10, 5))
    layer = Linear(10, 5)
    layer.weight, layer.bias = Tensor(w.copy()), Tensor(np.zeros(layer.bias.shape))
    for row in (0, 3):
        one = layer.forward(Tensor(values[row : row + 1].copy()))
        check_tensor(f"row {row} alone", one, values[row : row + 1] @ w, rtol=1e-4, atol=1e-5)
    check_shape("what an empty batch gives", layer.forward(Tensor(np.zeros((0, 10)))), (0, 5))
    far = layer.forward(Tensor(values * 1e6))
    check_tensor("what inputs in the millions give", far, values @ w * 1e6, rtol=1e-4, atol=10)
    layer.weight = Tensor(np.zeros((10, 5)))
    check_tensor("what zero weights leave", layer.forward(Tensor(values.copy())), np.zeros((4, 5)))


# %% test-linear-grad-prep
@pytest.mark.criterion("test-linear-grad-prep", points=5)
def test_unit_linear_grad_prep():
    """Linear marks its weight and bias for gradients and lists them as its parameters."""
    layer = Linear(4, 3)
    for name, tensor in (("weight", layer.weight), ("bias", layer.bias)):
        assert tensor.requires_grad is True, f"the {name} has requires_grad=True, got {tensor.requires_grad}"
        assert tensor.grad is None, f"the {name}'s grad is None until module 05, got {tensor.grad}"
    parameters = layer.parameters()
    assert len(parameters) == 2, f"parameters() lists weight and bias, got {len(parameters)} of them"
    assert parameters[0] is layer.weight, "parameters()[0] is the layer's weight itself, not a copy"
    assert parameters[1] is layer.bias, "parameters()[1] is the layer's bias itself, not a copy"

    bare = Linear(4, 3, bias=False)
    assert bare.weight.requires_grad is True, "the weight has requires_grad=True without a bias, too"
    parameters = bare.parameters()
    assert parameters[0] is bare.weight, "parameters()[0] is the layer's weight itself, not a copy"
    assert all(each is not None for each in parameters), "a bias that is None is no parameter"


# %% test-dropout
@pytest.mark.criterion("test-dropout", points=10)
def test_unit_dropout():
    """Dropout drops elements at rate p and scales the rest while training, and does nothing otherwise."""
    np.random.seed(3)
    values = np.random.default_rng(3).uniform(1, 2, size=(80, 100)).astype(np.float32)
    x = Tensor(values.copy())
    for p, training in ((0.5, False), (1.0, False), (0.0, False), (0.0, True)):
        same = Dropout(p).forward(x, training=training)
        check_tensor(f"Dropout({p}) with training={training} changes nothing, so what it gives", same, values)
    check_tensor("what Dropout(1.0) leaves", Dropout(1.0).forward(x, training=True), np.zeros((80, 100)))

    dropout = Dropout(0.4)
    y = check_shape("Dropout(0.4)(x)", dropout.forward(x), (80, 100))
    stays = y != 0
    share = stays.mean()
    assert abs(share - 0.6) < 0.05, f"Dropout(0.4) lets 60 % stay, got {share:.1%}"
    expected = values[stays] / 0.6
    assert np.allclose(y[stays], expected, rtol=1e-5, atol=0), f"what stays is multiplied by 1/0.6, got {y[0, :3]}"
    for axis, name in ((0, "column"), (1, "row")):
        shares = stays.mean(axis=axis)
        assert np.all((shares > 0) & (shares < 1)), f"each element drops by itself, not a whole {name}"
    again = check_shape("Dropout(0.4)(x)", dropout.forward(x), (80, 100)) != 0
    share = (again != stays).mean()
    assert 0.4 < share < 0.56, f"every call drops other elements: 48 % differ from the last call's, got {share:.1%}"
    check_tensor("Dropout must not change its input, which", x, values)

    assert Dropout().p == 0.5, f"Dropout() has p = 0.5, got {Dropout().p}"
    for p in (-0.1, 1.1):
        try:
            Dropout(p)
        except ValueError:
            continue
        raise AssertionError(f"Dropout({p}) must raise ValueError")


# %% module-integration
@pytest.mark.criterion("module-integration", points=20)
def test_module():
    """Layers are callable, list their parameters, and work one behind the other."""
    test_unit_linear()
    test_unit_linear_edge_cases()
    test_unit_linear_grad_prep()
    test_unit_dropout()

    class Shift(Layer):
        def forward(self, x, by=1.0):
            return x + by

    mine = [Tensor(1.0), Tensor(2.0), Tensor(3.0)]

    class Holder(Layer):
        def forward(self, x):
            return x * 2

        def parameters(self):
            return mine[:2]

    shift, holder = Shift(), Holder()
    values = np.random.default_rng(4).normal(size=(5, 4))
    x = Tensor(values.copy())
    cases = {
        "shift(x)": (shift(x), values + 1),
        "shift(x, 3.0)": (shift(x, 3.0), values + 3),
        "shift(x, by=3.0)": (shift(x, by=3.0), values + 3),
    }
    for text, (y, expected) in cases.items():
        check_tensor(f"{text} gives what forward gives, so it", y, expected, rtol=1e-5, atol=1e-5)
    assert shift.parameters() == [], f"a Layer has no parameters unless it says so, got {shift.parameters()}"
    assert Dropout().parameters() == [], f"Dropout has no parameters, got {Dropout().parameters()}"

    first, last, relu, drop = Linear(4, 8), Linear(8, 3), ReLU(), Dropout(1 - 1e-9)
    hidden = check_shape("linear.forward(x)", first.forward(x), (5, 8))
    check_tensor("linear(x) is linear.forward(x), so it", first(x), hidden)
    by_hand = check_shape("what three layers give one by one", last.forward(relu.forward(first.forward(x))), (5, 3))
    model = Sequential(first, relu, last)
    for text, y in (("model(x)", model(x)), ("model.forward(x)", model.forward(x))):
        check_tensor(f"{text} is what its layers give one by one, so it", y, by_hand, rtol=1e-4, atol=1e-5)
    ordered = Sequential(shift, holder)(x)
    check_tensor("shift, then holder: (x + 1) * 2", ordered, (values + 1) * 2, rtol=1e-5, atol=1e-5)
    check_tensor("a Sequential of nothing gives its input, so it", Sequential()(x), values.astype(np.float32))

    for training in (True, False):
        text = f"training={training}"
        alone = check_shape("dropout.forward(x)", drop.forward(Tensor(values), training=training), (5, 4))
        check_tensor(f"dropout(x, {text}) hands it on, so it", drop(Tensor(values), training=training), alone)
        wanted = check_shape("ReLU after that", relu.forward(Tensor(alone.copy())), (5, 4))
        for chain in (Sequential(drop, ReLU()), Sequential(Sequential(drop), ReLU())):
            y = chain(Tensor(values), training=training)
            check_tensor(f"{text} must reach a Dropout within, so the chain", y, wanted)
    trained = check_shape("dropout.forward(x)", drop.forward(Tensor(values), training=True), (5, 4))
    check_tensor("a Sequential trains unless it is told not to, so it", Sequential(drop)(Tensor(values)), trained)

    class Other(Layer):
        def parameters(self):
            return mine[2:]

    found = Sequential(holder, ReLU(), Sequential(Other(), Dropout())).parameters()
    assert len(found) == 3, f"a Sequential lists the parameters of all its layers: 3, got {len(found)}"
    for place, tensor in enumerate(mine):
        assert found[place] is tensor, f"parameter {place} of a Sequential is the layer's own, in the layers' order"
    check_tensor("a Sequential must not change its input, which", x, values.astype(np.float32))
