"""Locked tests of 15_quantization, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.tensor import Tensor
# For the tests alone, so it is not exported.
from tinytorch.core.activations import ReLU
import pytest
from tinytorch.perf.quantization import (
    QuantizedLinear,
    compare_model_sizes,
    dequantize_int8,
    model_bytes,
    quantize_int8,
    quantize_model,
)


# %%
def rounded_numbers(random, shape, step, zero_point):
    """Return random numbers over the whole range of bytes, none near the middle of two steps, and the nearest steps."""
    places = random.integers(-127, 127, size=shape) + random.uniform(-0.3, 0.3, size=shape)
    places.flat[0], places.flat[1] = -128, 127
    return (places - zero_point) * step, (np.round(places) - zero_point) * step


# %% test-quantize-int8
@pytest.mark.criterion("test-quantize-int8", points=5)
def test_unit_quantize_int8():
    """Numbers become the nearest of 256 steps in a range that holds 0."""
    cases = {
        (-1.5, 0.0, 0.5, 3.2): ([-128, -47, -20, 127], 4.7 / 255, -47),
        (-4.0, -3.0, -2.2): ([-128, -64, -13], 4 / 255, 127),
        (1.0, 2.0, 4.0, 5.1): ([-78, -28, 72, 127], 5.1 / 255, -128),
        (2.0, 2.0): ([127, 127], 2 / 255, -128),
        (-3.0,): ([-128], 3 / 255, 127),
        (0.0, 0.0): ([-128, -128], None, None),
    }
    for numbers, (wanted, scale, zero_point) in cases.items():
        q, got, place = quantize_int8(Tensor(numbers))
        assert q.dtype == np.int8, f"bytes are int8, got {q.dtype}"
        assert np.isfinite(got), f"the scale of {numbers} is a number, got {got}"
        assert got > 0, f"the scale of {numbers} is positive, got {got}"
        if scale is not None:
            assert np.isclose(got, scale, rtol=1e-5, atol=0), f"the scale of {numbers} is {scale}, got {got}"
            assert place == zero_point, f"the zero point of {numbers} is {zero_point}, got {place}"
            assert q.tolist() == wanted, f"{numbers} become {wanted}, got {q.tolist()}"
        else:
            assert q.tolist() == [place, place], f"zeros become the zero point {place}, got {q.tolist()}"

    random = np.random.default_rng(1)
    for middle, spread in ((0.0, 1.0), (50.0, 3.0), (-0.02, 0.01)):
        values = (middle + spread * random.normal(size=(40, 50))).astype(np.float32)
        low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
        step = (high - low) / 255
        tensor = Tensor(values)
        q, scale, zero_point = quantize_int8(tensor)
        assert q.shape == (40, 50), f"the bytes have the Tensor's shape (40, 50), got {q.shape}"
        assert q.dtype == np.int8, f"bytes are int8, got {q.dtype}"
        assert np.isclose(scale, step, rtol=1e-5, atol=0), f"the scale is (hi - lo) / 255 = {step}, got {scale}"
        assert -128 <= zero_point <= 127, f"the zero point is a byte, got {zero_point}"
        apart = np.abs((q.astype(np.float64) - zero_point) * step - values).max()
        assert apart <= 0.501 * step, f"no number moves further than half a step, {step / 2}, got {apart}"
        assert np.array_equal(tensor.data, values), "quantize_int8 must not change its input"


# %% test-dequantize-int8
@pytest.mark.criterion("test-dequantize-int8", points=5)
def test_unit_dequantize_int8():
    """Bytes come back as (q - zero_point) * scale, without an overflow."""
    everything = np.arange(-128, 128).astype(np.int8).reshape(32, 8)
    for scale, zero_point in ((4 / 255, 127), (0.5, -128), (0.0184, -47), (3.0, 0)):
        expected = (everything.astype(np.float64) - zero_point) * scale
        got = dequantize_int8(everything.copy(), scale, zero_point)
        assert isinstance(got, Tensor), f"dequantize_int8 gives a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == (32, 8), f"the shape (32, 8) is kept, got {data.shape}"
        same = np.allclose(data, expected, rtol=1e-5, atol=1e-6)
        assert same, f"scale {scale}, zero point {zero_point}: {expected[0, :3]} …, got {data[0, :3]} …"
        middle = data[everything == zero_point]
        assert middle.shape == (1,), f"one of all bytes is the zero point, got {middle.shape}"
        assert middle[0] == 0, f"the zero point comes back as exactly 0, got {middle[0]}"


# %% test-quantized-linear
@pytest.mark.criterion("test-quantized-linear", points=5)
def test_unit_quantized_linear():
    """A quantized layer keeps bytes, computes with them, and rounds and cuts its inputs once it is calibrated."""
    random = np.random.default_rng(2)
    w, near = rounded_numbers(random, (600, 3), 0.004, -20)
    b = random.normal(size=3)
    seen, steps = rounded_numbers(random, (5, 600), 0.03, 15)
    linear, bare = Linear(600, 3), Linear(600, 3, bias=False)
    linear.weight, linear.bias, bare.weight = Tensor(w), Tensor(b), Tensor(w)
    with_bias, without = QuantizedLinear(linear), QuantizedLinear(bare)
    for layer in (with_bias, without):
        q = layer.q_weight
        assert q.dtype == np.int8, f"q_weight is int8, got {q.dtype}"
        assert q.shape == (600, 3), f"q_weight has the weight's shape (600, 3), got {q.shape}"
        assert np.array_equal(q, np.round(near / 0.004) - 20), f"q_weight holds the nearest steps, got {q[:2]} …"
        assert layer.input_range is None, f"input_range is None until it is calibrated, got {layer.input_range}"
    assert without.bias is None, "without a bias, the quantized layer has none"

    for values in (seen, seen[:1], seen[2]):
        x = Tensor(values)
        for layer, expected in ((with_bias, values @ near + b), (without, values @ near)):
            y = layer(x)
            assert isinstance(y, Tensor), f"forward gives a Tensor, not a {type(y).__name__}"
            data = y.data
            assert data.shape == expected.shape, f"y has shape {expected.shape}, got {data.shape}"
            assert np.allclose(data, expected, rtol=1e-4, atol=2e-3), f"the bytes' x W + b is {expected}, got {data}"
        assert np.array_equal(x.data, values.astype(np.float32)), "forward must not change its input"

    low, high = -143 * 0.03, 112 * 0.03
    for layer, added in ((with_bias, b), (without, 0)):
        layer.calibrate([Tensor(seen[:, :1]), Tensor(seen[:, 1:])])
        scale, zero_point = layer.input_range
        assert np.isclose(scale, 0.03, rtol=1e-4, atol=0), f"the scale of the inputs is 0.03, got {scale}"
        assert zero_point == 15, f"the zero point of the inputs is 15, got {zero_point}"
        far, taken_as = seen.copy(), steps.copy()
        far[0, :50], far[1, :50] = 80.0, -80.0
        taken_as[0, :50], taken_as[1, :50] = high, low
        for values, taken in ((seen, steps), (seen[3], steps[3]), (far, taken_as)):
            expected = taken @ near + added
            y = layer.forward(Tensor(values)).data
            assert y.shape == expected.shape, f"y has shape {expected.shape}, got {y.shape}"
            assert np.allclose(y, expected, rtol=1e-4, atol=2e-3), f"inputs in bytes give {expected}, got {y}"
    assert np.array_equal(linear.weight.data, w.astype(np.float32)), "the linear layer must stay as it was"

    fresh = QuantizedLinear(linear)
    cases = ((fresh, 7_212, 1_820), (with_bias, 7_212, 1_828), (without, 7_200, 1_816))
    for layer, original, quantized in cases:
        usage = layer.memory_usage()
        wanted = {"original_bytes": original, "quantized_bytes": quantized, "compression_ratio": original / quantized}
        for name, value in wanted.items():
            assert np.isclose(usage[name], value, rtol=1e-9, atol=0), f"{name} is {value}, got {usage[name]}"
    assert fresh.parameters() == [], f"a quantized layer has nothing to train, got {fresh.parameters()}"


# %% test-quantize-model
@pytest.mark.criterion("test-quantize-model", points=5)
def test_unit_quantize_model():
    """Every linear layer is replaced in place, and calibrated with what reaches it."""
    random = np.random.default_rng(3)
    w1, w2, w3 = random.normal(size=(6, 40)), random.normal(size=(40, 30)), random.normal(size=(30, 2))
    b1 = random.normal(size=40)
    samples = [random.normal(size=(3, 6)), 2 * random.normal(size=(8, 6))]
    first, second, third = Linear(6, 40), Linear(40, 30, bias=False), Linear(30, 2)
    first.weight, first.bias, second.weight, third.weight = Tensor(w1), Tensor(b1), Tensor(w2), Tensor(w3)
    relu, drop = ReLU(), Dropout(0.75)
    inner = Sequential(drop, second)
    model = Sequential(first, relu, inner, third)
    x = np.concatenate(samples)
    hidden = np.maximum(0, x @ w1 + b1)
    deep = hidden @ w2

    given = [Tensor(each) for each in samples]
    result = quantize_model(model, given)
    assert result is model, "quantize_model returns the model that it was given"
    layers, within = model.layers, inner.layers
    assert len(layers) == 4, f"the model still has 4 layers, got {len(layers)}"
    assert len(within) == 2, f"the chain within still has 2 layers, got {len(within)}"
    for place, kept in ((1, relu), (2, inner)):
        assert layers[place] is kept, f"layer {place} is no Linear and stays the same object"
    assert within[0] is drop, "the dropout within stays the same object"
    found = ((layers[0], x), (within[1], hidden), (layers[3], deep))
    for number, (layer, arriving) in enumerate(found, 1):
        assert isinstance(layer, QuantizedLinear), f"Linear {number} becomes a QuantizedLinear, got {type(layer).__name__}"
        low, high = min(arriving.min(), 0.0), max(arriving.max(), 0.0)
        assert layer.input_range is not None, f"layer {number} is calibrated where there are samples"
        scale, zero_point = layer.input_range
        wanted = (high - low) / 255
        assert np.isclose(scale, wanted, rtol=1e-3, atol=0), f"layer {number}: the inputs' scale is {wanted}, got {scale}"
        least = (-128 - zero_point) * scale
        assert abs(least - low) <= 0.51 * wanted, f"layer {number}: the inputs begin at {low}, got {least}"
    assert np.array_equal(given[0].data, samples[0].astype(np.float32)), "quantize_model must not change the samples"

    plain = Sequential(Linear(4, 3), Sequential(Linear(3, 2)))
    quantize_model(plain)
    for layer in (plain.layers[0], plain.layers[1].layers[0]):
        assert isinstance(layer, QuantizedLinear), f"without samples layers are replaced, too, got {type(layer).__name__}"
        assert layer.input_range is None, f"without samples no layer is calibrated, got {layer.input_range}"


# %% test-compare-sizes
@pytest.mark.criterion("test-compare-sizes", points=5)
def test_unit_compare_sizes():
    """All bytes of both models are counted, whatever their layers are."""

    class Scale(Layer):
        def forward(self, x):
            return x * 2

        def parameters(self):
            return [Tensor([1.0, 2.0, 3.0])]

    first, second = Linear(100, 20), Linear(20, 5, bias=False)
    floats = Sequential(first, ReLU(), Sequential(Scale(), second), Dropout())
    for layer, wanted in ((first, 8_080), (second, 400), (Scale(), 12), (ReLU(), 0), (Dropout(), 0), (floats, 8_492)):
        got = model_bytes(layer)
        assert got == wanted, f"a {type(layer).__name__} has {wanted} bytes, got {got}"
    bytes_ = Sequential(QuantizedLinear(first), ReLU(), Sequential(Scale(), QuantizedLinear(second)), Dropout())
    got = compare_model_sizes(floats, bytes_)
    wanted = {"original_bytes": 8_492, "quantized_bytes": 2_208, "saved_bytes": 6_284, "compression_ratio": 8_492 / 2_208}
    for name, value in wanted.items():
        assert name in got, f"compare_model_sizes gives {name}, got {sorted(got)}"
        assert np.isclose(got[name], value, rtol=1e-9, atol=0), f"{name} is {value}, got {got[name]}"


# %% test_module
@pytest.mark.criterion("test_module", points=20)
def test_module():
    """A quantized classifier is smaller, computes with bytes, and names the same classes."""
    test_unit_quantize_int8()
    test_unit_dequantize_int8()
    test_unit_quantized_linear()
    test_unit_quantize_model()
    test_unit_compare_sizes()

    random = np.random.default_rng(5)
    centres = 2 * random.normal(size=(4, 16))
    classes = np.repeat(np.arange(4), 100)
    points = centres[classes] + random.normal(size=(400, 16))
    w1, b1 = random.normal(size=(16, 56)) / 4, random.normal(size=56) / 4
    hidden = np.maximum(0, points @ w1 + b1)
    w2 = np.linalg.lstsq(hidden, np.eye(4)[classes], rcond=None)[0]
    wanted = hidden @ w2
    reach = np.abs(wanted).max()

    def network():
        first, second = Linear(16, 56), Linear(56, 4, bias=False)
        first.weight, first.bias, second.weight = Tensor(w1), Tensor(b1), Tensor(w2)
        return Sequential(first, ReLU(), Sequential(Dropout(0.5), second))

    x = Tensor(points)
    floats = network()
    halves = [Tensor(points[::2]), Tensor(points[1::2])]
    for samples, allowed, size in ((None, 0.03, 1_360), (halves, 0.05, 1_376)):
        model = quantize_model(network(), samples)
        got = model.forward(x, training=False).data
        assert got.shape == (400, 4), f"the outputs have shape (400, 4), got {got.shape}"
        apart = np.abs(got - wanted).max() / reach
        assert apart < allowed, f"quantized outputs differ by less than {allowed:.0%} of the largest, got {apart:.2%}"
        assert apart > 1e-4, f"quantized outputs do differ from those of floats, got {apart:.2e} of the largest"
        same = (got.argmax(axis=1) == wanted.argmax(axis=1)).mean()
        assert same > 0.98, f"more than 98 % of the classes are the same, got {same:.1%}"
        sizes = compare_model_sizes(floats, model)
        assert sizes["original_bytes"] == 4_704, f"the floats take 4,704 bytes, got {sizes['original_bytes']}"
        assert sizes["quantized_bytes"] == size, f"the bytes take {size}, got {sizes['quantized_bytes']}"
    again = model.forward(x, training=False).data
    assert np.array_equal(again, got), "a quantized model gives the same for the same input"
    assert np.array_equal(x.data, points.astype(np.float32)), "a quantized model must not change its input"
    assert model.parameters() == [], f"a quantized model has nothing left to train, got {model.parameters()}"
