"""Locked tests of 03_layers, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
# For the last test alone, so it is not exported.
from tinytorch.core.activations import ReLU
import pytest
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential


# %% test-linear
@pytest.mark.criterion("test-linear", points=15)
def test_unit_linear():
    """Linear begins with scaled random weights and a zero bias, and computes x W + b."""
    layer = Linear(300, 200)
    assert (layer.in_features, layer.out_features) == (300, 200), "Linear keeps in_features and out_features"
    assert layer.weight.shape == (300, 200), f"Linear(300, 200).weight has shape (300, 200), got {layer.weight.shape}"
    assert layer.bias.shape == (200,), f"Linear(300, 200).bias has shape (200,), got {layer.bias.shape}"
    bias = layer.bias.data
    assert np.all(bias == 0), f"the bias begins at 0, got {bias[:3]}"
    weight, deviation = layer.weight.data, np.sqrt(1 / 300)
    mean, got = weight.mean(), weight.std()
    assert abs(mean) < 0.05 * deviation, f"weights have mean 0, got {mean}"
    assert abs(got / deviation - 1) < 0.05, f"weights have standard deviation sqrt(1/300) = {deviation}, got {got}"
    different = np.unique(weight).size
    assert different > 50_000, f"every weight is a random number of its own, got {different} different ones"
    other = Linear(300, 200).weight.data
    assert not np.array_equal(other, weight), "two layers begin with different weights"

    random = np.random.default_rng(1)
    w, b = random.normal(size=(3, 5)), random.normal(size=5)
    with_bias, without = Linear(3, 5), Linear(3, 5, bias=False)
    assert without.bias is None, "Linear(3, 5, bias=False) has None as its bias"
    with_bias.weight, with_bias.bias, without.weight = Tensor(w), Tensor(b), Tensor(w)
    for shape in ((4, 3), (3,), (2, 4, 3)):
        values = random.normal(size=shape)
        x = Tensor(values)
        for layer, expected, text in ((with_bias, values @ w + b, "x W + b"), (without, values @ w, "x W")):
            y = layer.forward(x)
            assert isinstance(y, Tensor), f"forward must return a Tensor, not {type(y).__name__}"
            assert y.shape == expected.shape, f"for x of shape {shape}, y has shape {expected.shape}, got {y.shape}"
            assert np.allclose(y.data, expected, rtol=1e-4, atol=1e-5), f"{text} is {expected}, got {y.data}"
            assert y.data.dtype == np.float32, f"y is float32, got {y.data.dtype}"
        assert np.array_equal(x.data, values.astype(np.float32)), "Linear must not change its input"


# %% test-linear-edge-cases
@pytest.mark.criterion("test-linear-edge-cases", points=5)
def test_unit_linear_edge_cases():
    """Linear takes batches of one and of none, inputs in the millions, and zero weights."""
    layer = Linear(10, 5)
    values = np.random.default_rng(2).normal(size=(4, 10))
    whole = layer.forward(Tensor(values)).data
    for row in (0, 3):
        one = layer.forward(Tensor(values[row : row + 1])).data
        assert one.shape == (1, 5), f"a batch of one gives shape (1, 5), got {one.shape}"
        assert np.allclose(one, whole[row : row + 1], rtol=1e-4, atol=1e-5), f"row {row} alone gives {one}, not {whole[row]}"

    empty = layer.forward(Tensor(np.zeros((0, 10)))).data
    assert empty.shape == (0, 5), f"an empty batch gives shape (0, 5), got {empty.shape}"

    origin = layer.forward(Tensor(np.zeros((4, 10)))).data
    far = layer.forward(Tensor(values * 1e6)).data
    expected = (whole.astype(np.float64) - origin) * 1e6
    assert np.all(np.isfinite(far)), f"inputs in the millions give finite outputs, got {far}"
    assert np.allclose(far - origin, expected, rtol=1e-3, atol=10), f"inputs times 1e6 give {expected}, got {far}"

    layer.weight = Tensor(np.zeros(layer.weight.shape))
    left = layer.forward(Tensor(values)).data
    assert np.array_equal(left, np.broadcast_to(layer.bias.data, (4, 5))), f"zero weights leave the bias, got {left}"


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
    x = Tensor(values)
    for p, training in ((0.5, False), (1.0, False), (0.0, False), (0.0, True)):
        y = Dropout(p).forward(x, training=training)
        assert isinstance(y, Tensor), f"forward must return a Tensor, not {type(y).__name__}"
        same = np.array_equal(y.data, values)
        assert same, f"Dropout({p}) with training={training} changes nothing: {values[0, :3]} became {y.data.flat[:3]}"
    nothing = Dropout(1.0).forward(x, training=True).data
    assert nothing.shape == (80, 100), f"Dropout keeps the shape (80, 100), got {nothing.shape}"
    assert np.all(nothing == 0), f"Dropout(1.0) drops everything, got {nothing.flat[:3]}"

    dropout = Dropout(0.4)
    y = dropout.forward(x)
    assert isinstance(y, Tensor), f"forward must return a Tensor, not {type(y).__name__}"
    assert y.shape == (80, 100), f"Dropout keeps the shape (80, 100), got {y.shape}"
    stays = y.data != 0
    share = stays.mean()
    assert abs(share - 0.6) < 0.05, f"Dropout(0.4) lets 60 % stay, got {share:.1%}"
    ratio = y.data[stays] / values[stays]
    assert np.allclose(ratio, 1 / 0.6, rtol=1e-5, atol=0), f"what stays is multiplied by 1/0.6, got {ratio[:3]}"
    for axis, name in ((0, "column"), (1, "row")):
        shares = stays.mean(axis=axis)
        assert np.all((shares > 0) & (shares < 1)), f"each element drops by itself, not a whole {name}"
    again = dropout.forward(x).data != 0
    assert not np.array_equal(again, stays), "every call drops other elements"
    assert np.array_equal(x.data, values), "Dropout must not change its input"

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
    x = Tensor(np.random.default_rng(4).normal(size=(5, 4)))
    before = x.data.copy()
    cases = {
        "shift(x)": (shift(x), before + 1),
        "shift(x, 3.0)": (shift(x, 3.0), before + 3),
        "shift(x, by=3.0)": (shift(x, by=3.0), before + 3),
    }
    for text, (y, expected) in cases.items():
        assert isinstance(y, Tensor), f"{text} gives what forward gives, not {type(y).__name__}"
        assert np.allclose(y.data, expected, rtol=1e-5, atol=1e-5), f"{text} is {expected}, got {y.data}"
    assert shift.parameters() == [], f"a Layer has no parameters unless it says so, got {shift.parameters()}"
    assert Dropout().parameters() == [], f"Dropout has no parameters, got {Dropout().parameters()}"

    first, last, relu, drop = Linear(4, 8), Linear(8, 3), ReLU(), Dropout(1 - 1e-9)
    assert np.array_equal(first(x).data, first.forward(x).data), "linear(x) is linear.forward(x)"
    model = Sequential(first, relu, last)
    by_hand = last.forward(relu.forward(first.forward(x))).data
    for text, y in (("model(x)", model(x)), ("model.forward(x)", model.forward(x))):
        assert isinstance(y, Tensor), f"{text} must be a Tensor, not {type(y).__name__}"
        assert y.shape == (5, 3), f"{text} has shape (5, 3), got {y.shape}"
        assert np.allclose(y.data, by_hand, rtol=1e-4, atol=1e-5), f"{text} is what its layers give one by one"
    ordered = Sequential(shift, holder)(x).data
    assert np.allclose(ordered, (before + 1) * 2, rtol=1e-5, atol=1e-5), "the first layer of a Sequential comes first"
    assert np.array_equal(Sequential()(x).data, before), "a Sequential of nothing gives its input"

    for training in (True, False):
        text = f"training={training}"
        alone = drop.forward(Tensor(before), training=training).data
        assert np.array_equal(drop(Tensor(before), training=training).data, alone), f"dropout(x, {text}) hands it on"
        wanted = relu.forward(Tensor(alone)).data
        for chain in (Sequential(drop, ReLU()), Sequential(Sequential(drop), ReLU())):
            got = chain(Tensor(before), training=training).data
            assert np.array_equal(got, wanted), f"{text} must reach a Dropout within: {wanted[0]}, got {got[0]}"
    by_default, trained = Sequential(drop)(Tensor(before)).data, drop.forward(Tensor(before), training=True).data
    assert np.array_equal(by_default, trained), "a Sequential trains unless it is told not to"

    class Other(Layer):
        def parameters(self):
            return mine[2:]

    found = Sequential(holder, ReLU(), Sequential(Other(), Dropout())).parameters()
    assert len(found) == 3, f"a Sequential lists the parameters of all its layers: 3, got {len(found)}"
    for place, tensor in enumerate(mine):
        assert found[place] is tensor, f"parameter {place} of a Sequential is the layer's own, in the layers' order"
    assert np.array_equal(x.data, before), "a Sequential must not change its input"
