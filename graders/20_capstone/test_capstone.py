"""Locked tests of 20_capstone, full edition. Made by `tito lock`; a change by hand is refused."""

import json
from pathlib import Path
import numpy as np
from tinytorch.core.activations import ReLU
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.tensor import Tensor
from tinytorch.perf.profiling import count_parameters, flat_layers
from tinytorch.perf.quantization import QuantizedLinear, model_bytes
# For the tests alone, so these are not exported.
import copy
from tinytorch.perf.compression import compress_model
from tinytorch.perf.quantization import quantize_model
import pytest
from tinytorch.capstone import (
    BenchmarkReport,
    SimpleMLP,
    check_submission,
    count_numbers,
    generate_submission,
    improvements,
    load_submission,
    save_submission,
    to_json,
)


# %%
def compare(what, got, wanted):
    """Assert that a dict has exactly the entries that are wanted, with the numbers that are wanted."""
    assert sorted(got) == sorted(wanted), f"{what}: the entries are {sorted(wanted)}, got {sorted(got)}"
    for name, value in wanted.items():
        assert np.isclose(got[name], value, rtol=1e-6, atol=1e-9), f"{what}: {name} is {value}, got {got[name]}"


def without(whole, *path):
    """Return a copy of nested dicts in which the entry at the path is not there."""
    changed = copy.deepcopy(whole)
    place = changed
    for name in path[:-1]:
        place = place[name]
    del place[path[-1]]
    return changed


def with_value(whole, value, *path):
    """Return a copy of nested dicts in which the entry at the path has another value."""
    changed = copy.deepcopy(whole)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


# Two models as somebody measured them.
NAMES = ("parameter_count", "model_size_mb", "accuracy", "latency_ms_mean", "latency_ms_std", "throughput")
SLOW = dict(zip(NAMES, (283, 0.001, 0.9375, 4.0, 0.5, 8000.0), strict=True))
FAST = dict(zip(NAMES, (283, 0.00025, 0.921875, 2.5, None, 12800.0), strict=True))


def a_report(name, metrics):
    """Return the report of a model that was measured elsewhere."""
    report = BenchmarkReport(name)
    report.metrics = dict(metrics)
    return report


# %% test-simple-mlp
@pytest.mark.criterion("test-simple-mlp", points=10)
def test_unit_simple_mlp():
    """The model is a chain of three layers of the right sizes, and computes what they do."""
    for sizes, numbers in (((10, 20, 3), 283), ((10, 15, 3), 213), ((4, 7, 2), 51)):
        model = SimpleMLP(*sizes)
        assert isinstance(model, Sequential), f"SimpleMLP is a Sequential, got a {type(model).__name__}"
        kept = model.input_size, model.hidden_size, model.output_size
        assert kept == sizes, f"the sizes are kept as attributes: {sizes}, got {kept}"
        layers = model.layers
        assert len(layers) == 3, f"SimpleMLP has three layers, got {len(layers)}"
        kinds = [type(each).__name__ for each in layers]
        assert kinds == ["Linear", "ReLU", "Linear"], f"the layers are Linear, ReLU, Linear, got {kinds}"
        got = count_parameters(model)
        assert got == numbers, f"SimpleMLP{sizes} has {numbers} parameters, got {got}"

        random = np.random.default_rng(1)
        shapes = ((sizes[0], sizes[1]), (sizes[1],), (sizes[1], sizes[2]), (sizes[2],))
        w1, b1, w2, b2 = (random.normal(size=shape) for shape in shapes)
        layers[0].weight, layers[0].bias, layers[2].weight, layers[2].bias = map(Tensor, (w1, b1, w2, b2))
        x = random.normal(size=(6, sizes[0]))
        expected = np.maximum(0, x @ w1 + b1) @ w2 + b2
        data = model(Tensor(x)).data
        assert data.shape == expected.shape, f"the scores have shape {expected.shape}, got {data.shape}"
        assert np.allclose(data, expected, rtol=1e-4, atol=1e-5), f"the scores are {expected}, got {data}"
    usual = SimpleMLP()
    kept = usual.input_size, usual.hidden_size, usual.output_size
    assert kept == (10, 20, 3), f"by default the sizes are 10, 20 and 3, got {kept}"
    first, second = SimpleMLP().layers[0].weight.data, SimpleMLP().layers[0].weight.data
    assert not np.array_equal(first, second), "two models begin with different weights"


# %% test-benchmark-report
@pytest.mark.criterion("test-benchmark-report", points=15)
def test_unit_benchmark_report():
    """A report holds what was counted and timed of one model."""
    wide, bare = Linear(10, 20), Linear(20, 4, bias=False)
    chains = {
        "floats": (Sequential(wide, ReLU(), bare), 300),
        "bytes": (Sequential(QuantizedLinear(wide), ReLU(), Sequential(QuantizedLinear(bare))), 300),
        "both": (Sequential(QuantizedLinear(wide), Sequential(bare)), 300),
        "no numbers": (Sequential(ReLU()), 0),
        "a single layer": (wide, 220),
    }
    for text, (model, wanted) in chains.items():
        got = count_numbers(model)
        assert got == wanted, f"a chain of {text} holds {wanted} numbers, got {got}"

    hands, looks = [], []

    def clock():
        looks.append(1)
        return hands.pop(0)

    x = np.eye(3)[[0, 1, 2, 0, 1, 2, 0, 1]]
    y = np.array([0, 1, 2, 0, 1, 0, 1, 2])
    model = SimpleMLP(3, 3, 3)
    for layer in (model.layers[0], model.layers[2]):
        layer.weight, layer.bias = Tensor(np.eye(3)), Tensor(np.zeros(3))
    report = BenchmarkReport("places", clock=clock)
    assert report.model_name == "places", f"a report keeps the model's name, got {report.model_name}"
    assert report.metrics is None, f"metrics is None until something was measured, got {report.metrics}"
    hands[:] = [0.0, 0.001, 1.0, 1.002, 2.0, 2.003, 3.0, 3.004, 4.0, 4.01]
    got = report.benchmark_model(model, Tensor(x), Tensor(y), num_runs=5)
    wanted = {"parameter_count": 24, "model_size_mb": 96 / 1_048_576, "accuracy": 0.625, "latency_ms_mean": 4.0}
    wanted |= {"latency_ms_std": np.sqrt(12.5), "throughput": 2_000.0}
    compare("five runs", got, wanted)
    compare("metrics after five runs", report.metrics, wanted)

    hands[:] = [0.0, 0.004]
    smaller = quantize_model(Sequential(SimpleMLP(10, 20, 3)))
    once = BenchmarkReport("bytes", clock=clock).benchmark_model(smaller, Tensor(np.ones((2, 10))), Tensor(np.zeros(2)), 1)
    assert once["latency_ms_std"] is None, f"one run has no scatter: None, got {once['latency_ms_std']}"
    wanted = {"parameter_count": 283, "model_size_mb": 368 / 1_048_576, "latency_ms_mean": 4.0, "throughput": 500.0}
    compare("one run of bytes", {name: once[name] for name in wanted}, wanted)

    hands[:] = [0.0, 0.001] * 100
    looks.clear()
    BenchmarkReport("usual", clock=clock).benchmark_model(model, Tensor(x), Tensor(y))
    assert len(looks) == 200, f"by default a model is timed 100 times: 200 looks at the clock, got {len(looks)}"


# %% test-improvements-calculation
@pytest.mark.criterion("test-improvements-calculation", points=10)
def test_unit_improvements_calculation():
    """Ratios are above 1 where something was gained, and the accuracy is a difference."""
    base = {"parameter_count": 283, "model_size_mb": 0.001, "accuracy": 0.9375, "latency_ms_mean": 4.0, "throughput": 8e3}
    cases = {
        "faster and smaller": ((0.00025, 0.921875, 2.5), (1.6, 4.0, -0.015625)),
        "slower and larger": ((0.004, 0.96875, 5.0), (0.8, 0.25, 0.03125)),
        "the same": ((0.001, 0.9375, 4.0), (1.0, 1.0, 0.0)),
    }
    for text, ((size, accuracy, latency), (speedup, ratio, delta)) in cases.items():
        other = {**base, "model_size_mb": size, "accuracy": accuracy, "latency_ms_mean": latency}
        got = improvements(dict(base), dict(other))
        compare(text, got, {"speedup": speedup, "compression_ratio": ratio, "accuracy_delta": delta})


# %% test-submission-generation
@pytest.mark.criterion("test-submission-generation", points=15)
def test_unit_submission_generation():
    """A submission of one model holds its measurements, and nothing that was not measured."""
    slow = a_report("mlp", SLOW)
    for given, name in ((None, "anonymous"), ("ada", "ada")):
        got = generate_submission(slow, student_name=given)
        names = sorted(got)
        assert names == ["baseline", "format", "student_name", "system"], f"one model makes four entries, got {names}"
        assert got["format"] == "tinytorch-capstone/1", f"the format is tinytorch-capstone/1, got {got['format']}"
        assert got["student_name"] == name, f"the student is {name}, got {got['student_name']}"
        part = got["baseline"]
        assert sorted(part) == ["metrics", "model_name"], f"a model is its name and its metrics, got {sorted(part)}"
        assert part["model_name"] == "mlp", f"the model is mlp, got {part['model_name']}"
        compare("the baseline", part["metrics"], dict(SLOW))
        system = got["system"]
        assert sorted(system) == ["numpy", "python"], f"system names numpy and python, got {sorted(system)}"
        major, *minor = str(system["numpy"]).split(".")
        assert (major.isdigit(), len(minor) > 0) == (True, True), f"numpy's version is such as 2.1.0, got {system['numpy']}"
        digits = [each.isdigit() for each in str(system["python"]).split(".")]
        assert digits == [True, True], f"Python's version is such as 3.12, got {system['python']}"

    got = generate_submission(slow)
    slow.metrics = {**SLOW, "accuracy": 0.0}
    kept = got["baseline"]["metrics"]["accuracy"]
    assert kept == 0.9375, f"a submission keeps what it was made of: 0.9375, got {kept}"
    for text, arguments in (
        ("a model that was never measured", (BenchmarkReport("new"),)),
        ("techniques without an optimized model", (a_report("mlp", SLOW), None, "ada", ["pruning"])),
    ):
        try:
            generate_submission(*arguments)
        except ValueError:
            continue
        raise AssertionError(f"{text} must be a ValueError")


# %% test-with-optimization
@pytest.mark.criterion("test-with-optimization", points=10)
def test_unit_with_optimization():
    """A submission of two models holds both, what was done, and what it brought."""
    slow, fast = a_report("mlp", SLOW), a_report("small", FAST)
    for techniques, listed in ((["pruning", "bytes"], ["pruning", "bytes"]), (None, []), (("bytes",), ["bytes"])):
        got = generate_submission(slow, fast, student_name="ada", techniques_applied=techniques)
        names = sorted(got)
        wanted = ["baseline", "format", "improvements", "optimized", "student_name", "system", "techniques_applied"]
        assert names == wanted, f"two models make the entries {wanted}, got {names}"
        assert got["techniques_applied"] == listed, f"the techniques are {listed}, got {got['techniques_applied']}"
        names = got["baseline"]["model_name"], got["optimized"]["model_name"]
        assert names == ("mlp", "small"), f"mlp is the baseline and small the optimized model, got {names}"
        metrics = got["optimized"]["metrics"]
        assert metrics["latency_ms_std"] is None, f"what was None stays None, got {metrics['latency_ms_std']}"
        known = {name: value for name, value in FAST.items() if value is not None}
        compare("the optimized model", {name: metrics[name] for name in known}, known)
        brought = {"speedup": 1.6, "compression_ratio": 4.0, "accuracy_delta": -0.015625}
        compare("what it brought", got["improvements"], brought)
    turned = generate_submission(fast, slow)["improvements"]
    compare("turned round", turned, {"speedup": 0.625, "compression_ratio": 0.25, "accuracy_delta": 0.015625})
    try:
        generate_submission(slow, BenchmarkReport("new"))
    except ValueError:
        return
    raise AssertionError("an optimized model that was never measured must be a ValueError")


# %% test-submission-schema
@pytest.mark.criterion("test-submission-schema", points=10)
def test_unit_submission_schema():
    """Every fault of a submission is found, one sentence for each, and a good one has none."""
    one = {
        "format": "tinytorch-capstone/1",
        "student_name": "ada",
        "system": {"python": "3.12", "numpy": "2.1.0"},
        "baseline": {"model_name": "mlp", "metrics": dict(SLOW)},
    }
    two = {
        **one,
        "optimized": {"model_name": "small", "metrics": dict(FAST)},
        "techniques_applied": ["bytes"],
        "improvements": {"speedup": 1.6, "compression_ratio": 4.0, "accuracy_delta": -0.015625},
    }

    cases = [("one model", one, 0), ("two models", two, 0)]
    cases += [("nearly the right speedup", with_value(two, 1.6000001, "improvements", "speedup"), 0)]
    cases += [("an int for a float", with_value(one, 4, "baseline", "metrics", "latency_ms_mean"), 0)]
    cases += [("nothing right", with_value(one, 0.0, "baseline", "metrics", "accuracy"), 0)]
    cases += [("no scatter", with_value(one, None, "baseline", "metrics", "latency_ms_std"), 0)]
    cases += [(f"no {name}", without(one, name), 1) for name in one]
    cases += [("another format", with_value(one, "tinytorch-capstone/9", "format"), 1)]
    for part in ("baseline", "optimized"):
        cases += [(f"no {name} of {part}", without(two, part, name), 1) for name in ("model_name", "metrics")]
        cases += [(f"no {name} of {part}", without(two, part, "metrics", name), 1) for name in NAMES]
    for name in NAMES:
        for value in ("4", True, [4.0]):
            cases += [(f"{name} is {value!r}", with_value(one, value, "baseline", "metrics", name), 1)]
    for part in ("baseline", "optimized", "improvements"):
        cases += [(f"{part} is {value!r}", with_value(two, value, part), 1) for value in (None, [])]
    cases += [(f"metrics are {value!r}", with_value(one, value, "baseline", "metrics"), 1) for value in (None, [])]
    cases += [("metrics without entries", with_value(one, {}, "baseline", "metrics"), 6)]
    cases += [("neither name nor metrics", with_value(one, {}, "baseline"), 2)]
    cases += [("an accuracy of None", with_value(one, None, "baseline", "metrics", "accuracy"), 1)]
    cases += [("no optimized model", without(two, "optimized"), 1), ("no improvements", without(two, "improvements"), 1)]
    for name, value in (("speedup", 9.0), ("compression_ratio", 0.25), ("accuracy_delta", 0.015625)):
        cases += [(f"{name} is {value}", with_value(two, value, "improvements", name), 1)]
        cases += [(f"no {name}", without(two, "improvements", name), 1)]
        cases += [(f"{name} is {odd!r}", with_value(two, odd, "improvements", name), 1) for odd in (True, "9", None)]
    cases += [("neither name nor format", without(without(one, "format"), "student_name"), 2)]
    worse = without(without(one, "baseline", "metrics", "accuracy"), "baseline", "metrics", "throughput")
    cases += [("two entries of one model missing", with_value(worse, "4", "baseline", "metrics", "latency_ms_std"), 3)]
    broken = without(without(two, "baseline", "metrics", "accuracy"), "optimized", "metrics", "throughput")
    cases += [("two entries missing", with_value(broken, 9.0, "improvements", "speedup"), 2), ("nothing at all", {}, 4)]
    for text, submission, wanted in cases:
        got = check_submission(copy.deepcopy(submission))
        assert isinstance(got, list), f"check_submission gives a list, not a {type(got).__name__}"
        assert len(got) == wanted, f"{text}: {wanted} faults, got {len(got)}: {got}"
        words = [isinstance(each, str) and each != "" for each in got]
        assert words == [True] * wanted, f"{text}: faults are told in sentences, got {got}"
        assert len(set(got)) == wanted, f"{text}: each fault has a sentence of its own, got {got}"


# %% test-json-serialization
@pytest.mark.criterion("test-json-serialization", points=10)
def test_unit_json_serialization():
    """What is written can be read by any program, and what is broken is not written."""
    submission = {
        "format": "tinytorch-capstone/1",
        "student_name": "ada λ",
        "system": {"python": "3.12", "numpy": "2.1.0"},
        "baseline": {"model_name": "mlp", "metrics": dict(SLOW)},
        "optimized": {"model_name": "small", "metrics": dict(FAST)},
        "techniques_applied": ["bytes"],
        "improvements": {"speedup": 1.6, "compression_ratio": 4.0, "accuracy_delta": -0.015625},
    }
    wanted = copy.deepcopy(submission)
    text = to_json(copy.deepcopy(submission))
    assert isinstance(text, str), f"to_json gives text, not a {type(text).__name__}"
    assert json.loads(text) == wanted, f"the text says what the submission says, got {text}"
    lines = text.split("\n")
    assert lines[1:3] == ['  "baseline": {', '    "metrics": {'], f"keys are sorted and indented by two, got {lines[1:3]}"
    for value, fault in ((float("nan"), ValueError), (float("inf"), ValueError), (np.ones(2), TypeError)):
        try:
            to_json({"accuracy": value})
        except fault:
            continue
        raise AssertionError(f"{value} is no JSON and must raise a {fault.__name__}")

    name = "capstone_test.json"
    try:
        place = save_submission(copy.deepcopy(submission), name)
        assert place == name, f"save_submission returns the path {name}, got {place}"
        read = load_submission(name)
        assert read == wanted, f"the file says what the submission says: {wanted}, got {read}"
        broken = copy.deepcopy(submission)
        broken["improvements"]["speedup"] = 9.0
        try:
            save_submission(broken, name)
        except ValueError:
            read = load_submission(name)
            assert read == wanted, f"a submission with faults is not written, got {read['improvements']}"
        else:
            raise AssertionError("a submission with faults must be a ValueError")
    finally:
        Path(name).unlink(missing_ok=True)


# %% module-integration
@pytest.mark.criterion("module-integration", points=20)
def test_module():
    """An experiment from the model to the file, with every number in it known."""
    test_unit_simple_mlp()
    test_unit_benchmark_report()
    test_unit_improvements_calculation()
    test_unit_submission_generation()
    test_unit_with_optimization()
    test_unit_submission_schema()
    test_unit_json_serialization()

    random = np.random.default_rng(7)
    centres, answers = random.normal(size=(4, 12)), np.arange(200) % 4
    points = centres[answers] + random.normal(size=(200, 12))
    w1, b1 = random.normal(size=(12, 24)) / 3, random.normal(size=24) / 3
    hidden = np.maximum(0, points @ w1 + b1)
    w2 = np.linalg.lstsq(hidden, np.eye(4)[answers], rcond=None)[0]
    known = ((hidden @ w2).argmax(axis=1) == answers).mean()

    times = iter([0.0, 0.003, 1.0, 1.005, 2.0, 2.002, 3.0, 3.003])

    def clock():
        return next(times)

    def network():
        model = SimpleMLP(12, 24, 4)
        first, last = model.layers[0], model.layers[2]
        first.weight, first.bias, last.weight, last.bias = map(Tensor, (w1, b1, w2, np.zeros(4)))
        return model

    x, y = Tensor(points), Tensor(answers)
    baseline, optimized = BenchmarkReport("mlp", clock=clock), BenchmarkReport("mlp in bytes", clock=clock)
    baseline.benchmark_model(network(), x, y, num_runs=2)
    smaller = network()
    techniques = [*compress_model(smaller, {"magnitude_prune": 0.25})["applied"], "quantize_model"]
    quantize_model(smaller, [x])
    optimized.benchmark_model(smaller, x, y, num_runs=2)
    submission = generate_submission(baseline, optimized, "ada", techniques)
    names = submission["baseline"]["model_name"], submission["optimized"]["model_name"], submission["student_name"]
    assert names == ("mlp", "mlp in bytes", "ada"), f"names come through, got {names}"
    assert submission["techniques_applied"] == ["magnitude_prune", "quantize_model"], "what was done comes through, in order"

    before, after = submission["baseline"]["metrics"], submission["optimized"]["metrics"]
    wanted = {"parameter_count": 412, "model_size_mb": 1_648 / 1_048_576, "accuracy": known, "latency_ms_mean": 4.0}
    compare("the baseline", before, {**wanted, "latency_ms_std": np.sqrt(2), "throughput": 50_000.0})
    share = after["accuracy"]
    assert abs(share - known) < 0.08, f"a quarter of the weights less and bytes cost little accuracy: {known}, got {share}"
    wanted = {"parameter_count": 412, "model_size_mb": 528 / 1_048_576, "accuracy": share, "latency_ms_mean": 2.5}
    compare("the optimized", after, {**wanted, "latency_ms_std": np.sqrt(0.5), "throughput": 80_000.0})
    brought = {"speedup": 1.6, "compression_ratio": 1_648 / 528, "accuracy_delta": share - known}
    compare("what it brought", submission["improvements"], brought)
    assert check_submission(submission) == [], f"the submission is in order, got {check_submission(submission)}"
    name = "capstone_module_test.json"
    try:
        save_submission(submission, name)
        read = load_submission(name)
    finally:
        Path(name).unlink(missing_ok=True)
    assert read == submission, f"the file says what the submission says, got {read}"
