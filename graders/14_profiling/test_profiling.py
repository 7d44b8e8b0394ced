"""Locked tests of 14_profiling, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.layers import Linear
from tinytorch.core.spatial import Conv2d
from tinytorch.core.tensor import Tensor
# For the tests alone, so it is not exported.
from tinytorch.core.layers import Dropout, Layer, Sequential
from tinytorch.core.spatial import BatchNorm2d
import pytest
from tinytorch.perf.profiling import (
    Profiler,
    analyze_weight_distribution,
    bytes_moved,
    count_flops,
    count_parameters,
    flat_layers,
    layer_flops,
    measure_latency,
    measure_memory,
    parameters_of,
    quick_profile,
    trace,
)


# %%
def compare(what, got, wanted, rtol=1e-6):
    """Assert that a dict has the entries that are wanted, with the numbers that are wanted."""
    for name, value in wanted.items():
        assert name in got, f"{what}: {name} is among the entries, got {sorted(got)}"
        assert np.isclose(got[name], value, rtol=rtol, atol=0), f"{what}: {name} is {value}, got {got[name]}"


# %% test_helper_functions
@pytest.mark.criterion("test_helper_functions", points=5)
def test_unit_helper_functions():
    """A model's leaves come in order, with the shapes between them, and tracing changes nothing."""
    first, second, third, drop = Linear(4, 8), Linear(8, 6), Linear(6, 2), Dropout(0.5)

    class Model:
        layers = (first, Sequential(Sequential(drop, second)), third)

    for model in (Model(), Sequential(first, Sequential(drop, second), third)):
        leaves = flat_layers(model)
        assert len(leaves) == 4, f"the model has 4 leaves, got {len(leaves)}"
        for place, layer in enumerate((first, drop, second, third)):
            assert leaves[place] is layer, f"leaf {place} is the model's own layer, in the order of computation"
        steps = trace(model, (5, 4))
        assert len(steps) == 4, f"trace gives one step for each leaf: 4, got {len(steps)}"
        wanted = [((5, 4), (5, 8)), ((5, 8), (5, 8)), ((5, 8), (5, 6)), ((5, 6), (5, 2))]
        for place, (takes, gives) in enumerate(wanted):
            layer, taken, given = steps[place]
            assert layer is leaves[place], f"step {place} names the layer itself"
            assert tuple(taken) == takes, f"step {place} takes shape {takes}, got {taken}"
            assert tuple(given) == gives, f"step {place} gives shape {gives}, got {given}"
    alone = flat_layers(first)
    assert len(alone) == 1, f"a single layer is its own and only leaf, got {len(alone)}"
    assert alone[0] is first, "a single layer is its own leaf"

    sums = []

    class Summed(Layer):
        def forward(self, x):
            sums.append(float(np.abs(x.data).sum()))
            return x

    trace(Summed(), (3, 2))
    assert sums == [0.0], f"trace sends zeros, once: a place that every vocabulary has; their sum is 0, got {sums}"

    norm = BatchNorm2d(2)
    norm.forward(Tensor(np.ones((3, 2, 2, 2)) * np.array([7.0, 3.0]).reshape(2, 1, 1)))
    trace(Sequential(norm), (1, 2, 4, 4))
    for what, got, wanted in (("mean", norm.running_mean.data, [0.7, 0.3]), ("variance", norm.running_var.data, [0.9, 0.9])):
        assert got.shape == (2,), f"tracing must leave a running {what} for each of 2 channels, got {got}"
        assert np.allclose(got, wanted, rtol=1e-5, atol=0), f"tracing must leave the running {what} at {wanted}, got {got}"


# %% test_parameter_counting
@pytest.mark.criterion("test_parameter_counting", points=10)
def test_unit_parameter_counting():
    """Parameters are found in all kinds of models, and each is counted once."""

    class Plain(Layer):
        def forward(self, x):
            return x

    class Held:
        weight = Tensor(np.zeros((7, 3)))
        bias = None

    class Own:
        weight = Tensor(np.zeros(4))

        def parameters(self):
            return [Held.weight]

    class Biased:
        weight = Tensor(np.zeros((7, 3)))
        bias = Tensor(np.zeros(3))

    first, second = Linear(784, 128), Linear(128, 10)

    class Model:
        layers = (first, Plain(), Biased(), second)

    cases = {
        "Linear(10, 5)": (Linear(10, 5), 55),
        "Linear(10, 5, bias=False)": (Linear(10, 5, bias=False), 50),
        "Conv2d(3, 16, 3)": (Conv2d(3, 16, 3), 448),
        "Conv2d(2, 4, (3, 5), bias=False)": (Conv2d(2, 4, (3, 5), bias=False), 120),
        "a layer without parameters": (Plain(), 0),
        "Dropout()": (Dropout(), 0),
        "an object with neither": (object, 0),
        "an object with a weight, and a bias of None": (Held(), 21),
        "an object with a weight and parameters() of its own": (Own(), 21),
        "an object with a weight and a bias": (Biased(), 24),
        "Sequential(first, Sequential(second))": (Sequential(first, Sequential(second)), 101_770),
        "a model that has only layers": (Model(), 101_794),
        "Sequential(first, first)": (Sequential(first, first), 100_480),
    }
    for text, (model, wanted) in cases.items():
        got = count_parameters(model)
        assert got == wanted, f"{text} has {wanted:,} parameters, got {got}"

    found = parameters_of(Model())
    held = [first.weight, first.bias, Biased.weight, Biased.bias, second.weight, second.bias]
    assert len(found) == 6, f"the model with layers has 6 Tensors, got {len(found)}"
    for place, tensor in enumerate(held):
        assert found[place] is tensor, f"parameter {place} is the layer's own Tensor, in the layers' order"
    twice = parameters_of(Sequential(second, first, second))
    assert len(twice) == 4, f"a Tensor that is listed twice is there once: 4 of them, got {len(twice)}"
    assert twice[0] is second.weight, "the first mention of a Tensor decides on its place"


# %% test_flop_counting
@pytest.mark.criterion("test_flop_counting", points=10)
def test_unit_flop_counting():
    """Operations are 2n for each number that a layer gives, and one for each number that any other layer takes."""

    class Halve(Layer):
        def forward(self, x):
            return x[:, : x.shape[1] // 2]

    cases = {
        "Linear(128, 64) for (1, 128)": (Linear(128, 64), (1, 128), 16_384),
        "Linear(128, 64) for (32, 128)": (Linear(128, 64), (32, 128), 524_288),
        "Linear(128, 64) for (2, 5, 128)": (Linear(128, 64, bias=False), (2, 5, 128), 163_840),
        "Conv2d(3, 16, 3) for (1, 3, 32, 32)": (Conv2d(3, 16, 3), (1, 3, 32, 32), 777_600),
        "Conv2d(3, 16, 3, padding=1)": (Conv2d(3, 16, 3, padding=1), (1, 3, 32, 32), 884_736),
        "Conv2d(3, 16, 3, stride=2)": (Conv2d(3, 16, 3, stride=2), (1, 3, 32, 32), 194_400),
        "Conv2d(3, 1, 3) for (1, 3, 4, 4)": (Conv2d(3, 1, 3), (1, 3, 4, 4), 216),
        "Conv2d(2, 4, (3, 5)) for (4, 2, 8, 9)": (Conv2d(2, 4, (3, 5)), (4, 2, 8, 9), 28_800),
        "a layer of another kind": (Halve(), (6, 10), 60),
        "Sequential()": (Sequential(), (6, 10), 0),
    }
    for text, (model, shape, wanted) in cases.items():
        got = count_flops(model, shape)
        assert got == wanted, f"{text} needs {wanted:,} operations, got {got}"

    got = layer_flops(Linear(128, 64), (2, 128), (2, 64))
    assert got == 32_768, f"layer_flops(Linear(128, 64), (2, 128), (2, 64)) is 32,768, got {got}"
    got = layer_flops(Halve(), (2, 128), (2, 64))
    assert got == 256, f"a layer of another kind needs one operation for each number that it takes: 256, got {got}"

    chain = Sequential(Linear(20, 12), Sequential(Halve(), Linear(6, 3)))
    got = count_flops(chain, (7, 20))
    assert got == 3_696, f"a chain needs 7 · (2·20·12 + 12 + 2·6·3) = 3,696 operations, got {got}"


# %% test_memory_measurement
@pytest.mark.criterion("test_memory_measurement", points=10)
def test_unit_memory_measurement():
    """Parameters, activations, the peak and the bytes that travel are counted to the byte."""

    class Same(Layer):
        def forward(self, x):
            return x * 1

    network = Sequential(Linear(784, 128), Same(), Linear(128, 10))
    again = Linear(16, 16)
    twice = Sequential(again, again)
    cases = {
        "784-128-10 for a batch of 1": (network, (1, 784), 407_080, 4_200, 410_728, 412_304),
        "784-128-10 for a batch of 64": (network, (64, 784), 407_080, 268_800, 640_552, 741_416),
        "784-128-10 for a batch of 1,024": (network, (1024, 784), 407_080, 4_300_800, 4_142_632, 5_756_456),
        "a chain that is widest within": (Sequential(Linear(4, 50), Linear(50, 3)), (2, 4), 1_612, 456, 2_044, 2_468),
        "Conv2d(1, 8, 3) for (1, 1, 10, 10)": (Conv2d(1, 8, 3), (1, 1, 10, 10), 320, 2_448, 2_768, 2_768),
        "one layer twice": (twice, (3, 16), 1_088, 576, 1_472, 1_856),
        "a layer without parameters": (Same(), (5, 2), 0, 80, 80, 80),
    }
    mb = 1_048_576
    for text, (model, shape, parameters, activations, peak, moved) in cases.items():
        got = measure_memory(model, shape)
        wanted = {
            "parameter_memory_mb": parameters / mb,
            "activation_memory_mb": activations / mb,
            "peak_memory_mb": peak / mb,
            "memory_efficiency": parameters / peak,
        }
        compare(text, got, wanted, rtol=1e-9)
        travel = bytes_moved(model, shape)
        assert travel == moved, f"{text}: {moved:,} bytes travel, got {travel}"


# %% test_latency_measurement
@pytest.mark.criterion("test_latency_measurement", points=10)
def test_unit_latency_measurement():
    """Latency is the median of passes that are timed one by one, after others that are not."""
    events, hands, seen = [], [], []

    def clock():
        events.append("look")
        return hands.pop(0)

    class Noted(Layer):
        def forward(self, x):
            events.append("pass")
            seen.append(x)
            return x

    def set_hands(*durations):
        events.clear()
        seen.clear()
        hands.clear()
        start = 100.0
        for each in durations:
            hands.extend([start, start + each])
            start += 7.0

    x = Tensor([[1.0, 2.0]])
    cases = {
        "one slow pass of five": (3, (0.002, 0.25, 0.004, 0.003, 0.001), 3.0),
        "an even number of passes": (0, (0.5, 0.001, 0.003, 0.002), 2.5),
        "a single pass": (2, (0.125,), 125.0),
    }
    for text, (warmup, durations, wanted) in cases.items():
        set_hands(*durations)
        order = ["pass"] * warmup + ["look", "pass", "look"] * len(durations)
        got = measure_latency(Noted(), x, warmup=warmup, iterations=len(durations), clock=clock)
        assert isinstance(got, float), f"the latency is a float, got {type(got).__name__}"
        assert np.isclose(got, wanted, rtol=1e-6, atol=0), f"{text}: {wanted} ms, got {got}"
        assert events == order, f"{text}: the order is {order}, got {events}"
        assert all(each is x for each in seen), f"{text}: every pass gets the x that is given"

    set_hands(*[0.001] * 100)
    measure_latency(Noted(), x, clock=clock)
    passes = events.count("pass")
    assert passes == 110, f"by default 10 passes warm up and 100 are timed, got {passes} passes"
    assert events.count("look") == 200, f"100 timed passes need 200 looks at the clock, got {events.count('look')}"

    outputs = []

    class Kept(Layer):
        def forward(self, x):
            outputs.append(float(x.data.sum()))
            return x

    set_hands(0.001)
    measure_latency(Sequential(Dropout(1.0), Kept()), x, warmup=1, iterations=1, clock=clock)
    assert outputs == [3.0, 3.0], f"a model is timed as it is used, its dropouts off: 3.0 twice, got {outputs}"
    for iterations in (0, -1):
        set_hands(0.001)
        try:
            measure_latency(Noted(), x, warmup=0, iterations=iterations, clock=clock)
        except ValueError:
            continue
        raise AssertionError(f"measure_latency with iterations={iterations} must raise ValueError")


# %% test_advanced_profiling
@pytest.mark.criterion("test_advanced_profiling", points=15)
def test_unit_advanced_profiling():
    """Weights are described, speeds computed, verdicts given and training steps counted."""
    first, second = Linear(2, 2), Linear(2, 1)
    first.weight, first.bias = Tensor([[-3, 0], [1, 2]]), Tensor([100, 100])
    second.weight, second.bias = Tensor([[4], [8]]), Tensor([100])
    got = analyze_weight_distribution(Sequential(first, second), percentiles=(0, 20, 50, 90))
    compare("six weights", got, {"mean": 2.0, "std": np.sqrt(70 / 6), "min": -3.0, "max": 8.0})
    places = got["percentiles"]
    assert sorted(places) == [0, 20, 50, 90], f"the percentiles asked for are 0, 20, 50, 90, got {sorted(places)}"
    compare("percentiles", places, {0: -3.0, 20: 0.0, 50: 1.5, 90: 6.0})
    usual = sorted(analyze_weight_distribution(first)["percentiles"])
    assert usual == [5, 25, 50, 75, 95], f"by default the percentiles are 5, 25, 50, 75, 95, got {usual}"
    try:
        analyze_weight_distribution(Dropout())
    except ValueError:
        pass
    else:
        raise AssertionError("a model without weights has no distribution: analyze_weight_distribution raises ValueError")

    hands = []
    linear, mb = Linear(128, 64), 1_048_576

    def clock():
        return hands.pop(0)

    profile = Profiler().profile_layer(linear, (1, 128))
    wanted = {"parameters": 8_256, "flops": 16_384, "flops_per_byte": 16_384 / 33_792}
    wanted |= {"parameter_memory_mb": 33_024 / mb, "activation_memory_mb": 768 / mb, "peak_memory_mb": 33_792 / mb}
    wanted |= {"memory_efficiency": 33_024 / 33_792}
    assert profile["layer_name"] == "Linear", f"layer_name is Linear, got {profile['layer_name']}"
    compare("Linear(128, 64) for (1, 128)", profile, wanted, rtol=1e-9)

    # (batch, peak GFLOP/s, peak MB/s, seconds, verdict)
    cases = (
        (1, 100.0, 20_000.0, 0.002, "memory"),
        (8, 100.0, 20_000.0, 0.004, "memory"),
        (16, 100.0, 20_000.0, 0.005, "compute"),
        (256, 100.0, 20_000.0, 0.5, "compute"),
        (1, 50.0, 200_000.0, 0.002, "compute"),
        (8, 1_000.0, 200_000.0, 0.004, "memory"),
    )
    for batch, gflops, bandwidth, seconds, verdict in cases:
        machine = Profiler(clock=clock, peak_gflops=gflops, peak_bandwidth_mbs=bandwidth)
        hands[:] = [1.0, 1.0 + seconds, 5.0, 5.0 + seconds, 7.0, 10.0]
        got = machine.profile_forward_pass(linear, Tensor(np.ones((batch, 128))), warmup=2, iterations=3)
        flops, moved = 16_384 * batch, 4 * (8_256 + 192 * batch)
        wanted = {
            "latency_ms": 1000 * seconds,
            "gflops_per_second": flops / seconds / 1e9,
            "memory_bandwidth_mbs": moved / seconds / 1e6,
            "computational_efficiency": flops / seconds / 1e9 / gflops,
        }
        compare(f"batch {batch} in {seconds} s", got, wanted)
        told = got["bottleneck"]
        assert told == verdict, f"batch {batch} at {gflops} GFLOP/s and {bandwidth} MB/s waits for {verdict}, got {told}"

    step = Profiler().profile_backward_pass(Sequential(linear, Linear(64, 2)), (3, 128))
    held = 4 * 8_386 / mb
    wanted = {"forward_flops": 49_920, "backward_flops": 99_840, "total_flops": 149_760, "gradient_memory_mb": held}
    wanted |= {"activation_memory_mb": 4 * 3 * 194 / mb}
    compare("a training step", step, wanted, rtol=1e-9)
    kept = step["optimizer_memory_mb"]
    compare("what the optimizer keeps", kept, {"sgd": 0.0, "momentum": held, "adam": 2 * held}, rtol=1e-9)


# %% test_module
@pytest.mark.criterion("test_module", points=20)
def test_module():
    """The instruments agree with each other on a network of convolutions and linear layers."""
    test_unit_helper_functions()
    test_unit_parameter_counting()
    test_unit_flop_counting()
    test_unit_memory_measurement()
    test_unit_latency_measurement()
    test_unit_advanced_profiling()

    hands, passes = [], []

    def clock():
        return hands.pop(0)

    class Flatten(Layer):
        def forward(self, x):
            passes.append(tuple(x.shape))
            return x.reshape(x.shape[0], -1)

    random, first, last = np.random.default_rng(3), Conv2d(3, 4, 3, padding=1), Linear(256, 10)
    known = [random.normal(size=shape).astype(np.float32) for shape in ((4, 3, 3, 3), (4,), (256, 10), (10,))]
    first.weight, first.bias, last.weight, last.bias = (Tensor(each, requires_grad=True) for each in known)
    model = Sequential(first, Sequential(Flatten(), Dropout(0.5)), last)
    hands[:] = [2.0, 2.003, 4.0, 4.001, 9.0, 9.002]
    x = Tensor(np.ones((5, 3, 8, 8)))
    profiler = Profiler(clock=clock, peak_gflops=2.0, peak_bandwidth_mbs=1_000.0)
    got = quick_profile(model, x, profiler, warmup=4, iterations=3)

    flops = 5 * (2 * 27 * 256 + 256 + 256 + 2 * 256 * 10)
    moved = 4 * (112 + 2_570 + 5 * (192 + 256 + 4 * 256 + 256 + 10))
    wanted = {
        "parameters": 2_682,
        "flops": flops,
        "flops_per_byte": flops / moved,
        "latency_ms": 2.0,
        "gflops_per_second": flops / 0.002 / 1e9,
        "memory_bandwidth_mbs": moved / 0.002 / 1e6,
        "computational_efficiency": flops / 0.002 / 1e9 / 2,
        "parameter_memory_mb": 4 * 2_682 / 1_048_576,
        "activation_memory_mb": 4 * 5 * (192 + 3 * 256 + 10) / 1_048_576,
        "peak_memory_mb": 4 * (2_682 + 5 * 512) / 1_048_576,
    }
    compare("the model", got, wanted)
    assert got["layer_name"] == "Sequential", f"the model's layer_name is Sequential, got {got['layer_name']}"
    assert got["bottleneck"] == "compute", f"the model's bottleneck is compute, got {got['bottleneck']}"

    rows = got["layers"]
    assert len(rows) == 4, f"the model has a row for each of its 4 leaves, got {len(rows)}"
    work = [5 * 2 * 27 * 256, 5 * 256, 5 * 256, 5 * 2 * 256 * 10]
    for place, (held, count) in enumerate(zip((112, 0, 0, 2_570), work, strict=True)):
        row = rows[place]
        compare(f"row {place}", row, {"parameters": held, "flops": count, "work_share": count / flops})
    assert rows[0]["layer_name"] == "Conv2d", f"the first row is Conv2d's, got {rows[0]['layer_name']}"
    timed = passes.count((5, 4, 8, 8))
    assert timed >= 7, f"4 passes warm up and 3 are timed, with the shape of x: at least 7, got {timed}"

    after = [each.data for each in model.parameters()]
    assert len(after) == 4, f"the model still has 4 parameters, got {len(after)}"
    for place, values in enumerate(known):
        assert np.array_equal(after[place], values), f"profiling must not change parameter {place}"

    alone = quick_profile(Linear(3, 2), Tensor([[1, 2, 3]]), warmup=0, iterations=1)
    assert alone["flops"] == 12, f"without a profiler quick_profile makes its own: 12 operations, got {alone['flops']}"
    assert len(alone["layers"]) == 1, f"a single layer has a single row, got {len(alone['layers'])}"
