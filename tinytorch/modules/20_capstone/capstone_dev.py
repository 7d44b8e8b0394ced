# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---


# %% [markdown]
"""
# 20 · Capstone

Nineteen lessons, one library, all of it yours. This last one uses it as a stranger would: take a model, measure it,
make it smaller or faster, measure again, and hand in a report that somebody else can check. Nothing new is computed
here. What is new is the honesty of the numbers: each of them counted, or timed often enough to have an interval, and
every claim of an improvement recomputed from the measurements beside it.

**You will be able to**

- put parts of all lessons together to one experiment, from model to file;
- measure two models so that their numbers may be compared;
- state improvements as ratios and differences that follow from measurements, with the right sign and the right side up;
- give a report a format, and write the check that refuses a broken one;
- write JSON that any program can read, and say what must not be in it.

**You need** the parts that are measured and improved: modules 01–04, and 14–19 with what they rest on.

**You build**

| name | does |
|---|---|
| `SimpleMLP` | the model that all reports begin with |
| `count_numbers` | how many numbers a model holds, in floats or in bytes |
| `BenchmarkReport` | one model, measured |
| `improvements` | two measurements, compared |
| `generate_submission` | a report as a dict |
| `check_submission` | what is wrong with a report |
| `to_json`, `save_submission`, `load_submission` | a report as text, as a file, and back |

```
 01–04 a model     05–08 trained     09–13 larger ones     14 measured     15–18 improved     19 compared
 ────────────────────────────────────────────┬──────────────────────────────────────────────────────────
                                             ▼
                            20  one experiment, one report, one file
```
"""

# %% [markdown]
"""
## Where the code lives

You write in `modules/20_capstone/` of your workspace; `tito export 20` makes `tinytorch/capstone.py` of it:

```python
from tinytorch.capstone import BenchmarkReport, generate_submission
```

It stands neither in `core` nor in `perf`, but above both: it imports from them, and nothing imports from it.

| import | from | if it fails |
|---|---|---|
| `Tensor`, `ReLU`, `Linear`, `Sequential` | `tinytorch.core` | `tito export 01 02 03` |
| `flat_layers`, `count_parameters` | `tinytorch.perf.profiling` | `tito export 05 09 14` |
| `QuantizedLinear`, `model_bytes`, `quantize_model` | `tinytorch.perf.quantization` | `tito export 15` |
| `compress_model` (the last test alone) | `tinytorch.perf.compression` | `tito export 04 16` |
| `Benchmark` | `tinytorch.bench` | `tito export 19` |

If `tinytorch` itself is not found, your workspace is not installed in this Python: see *Install* in its README, and which
kernel Jupyter has taken.
Lessons 17 and 18 are in the experiments below, not in the imports: they change how a model computes, not how it is
measured.
"""

# %%
#| default_exp capstone

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import json
import sys
import time
from pathlib import Path

import numpy as np

from tinytorch.bench import Benchmark
from tinytorch.core.activations import ReLU
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.tensor import Tensor
from tinytorch.perf.profiling import count_parameters, flat_layers
from tinytorch.perf.quantization import QuantizedLinear, model_bytes

# A megabyte in powers of two, as in lesson 14.
MB = 1024 * 1024
# The name of the format, with a number that grows when the format changes.
FORMAT = "tinytorch-capstone/1"
# What a report's metrics hold.
ENTRIES = ("parameter_count", "model_size_mb", "accuracy", "latency_ms_mean", "latency_ms_std", "throughput")

# %%
# For the tests alone, so these are not exported.
import copy

from tinytorch.perf.compression import compress_model
from tinytorch.perf.quantization import quantize_model


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

# %% [markdown]
"""
## What an improvement is

Two sentences about one experiment:

```
 "Our model is 8 times smaller and 3 times faster!"

 baseline    283 numbers, 1,132 bytes, accuracy 0.94, latency 4.0 ± 0.5 ms over 100 runs
 optimized   283 numbers,   368 bytes, accuracy 0.92, latency 2.5 ± 0.4 ms over 100 runs
 so          3.08 times smaller, 1.6 times faster, accuracy −0.02
```

The first cannot be checked. *Smaller* by which count? *Faster* than what, where, how often timed? At what price? The
second can: each improvement follows from two numbers beside it, and who distrusts those runs the experiment again.
The report that you will write is the second kind, in a form that a program can check.
"""

# %% [markdown]
"""
## A model to begin with

```
 x (n, 10) ──▶ Linear(10, 20) ──▶ ReLU ──▶ Linear(20, 3) ──▶ scores (n, 3)
                200 + 20                    60 + 3                             283 numbers
```

It is a `Sequential` with a fixed beginning, so it *is* one: a class of its own that inherits all that chains can do.
That pays at once. The profiler finds its layers, `quantize_model` replaces them, `compress_model` prunes them, and none
of the three was told of it.

```
 hidden_size     parameters                  in float32
 ─────────────────────────────────────────────────────────
      15         10·15 + 15 + 15·3 + 3 = 213       852 B
      20         10·20 + 20 + 20·3 + 3 = 283     1,132 B
     200         10·200 + 200 + 200·3 + 3 = 2,803  11,212 B
```

**The trap** is a class that looks like a model and is none to the tools: one that keeps `fc1` and `fc2` as attributes
and has a `forward` of its own runs, trains, and is a black box to everything in this part of the course.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mlp-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class SimpleMLP(Sequential):
    """Two linear layers with a ReLU between them."""

    def __init__(self, input_size=10, hidden_size=20, output_size=3):
        """
        Make the chain.

        TODO: keep the three sizes as attributes, and make this object the chain Linear, ReLU, Linear.

        EXAMPLE:
        >>> count_parameters(SimpleMLP()), count_parameters(SimpleMLP(hidden_size=15))
        (283, 213)

        HINT: super().__init__ is Sequential's own, and takes the layers.
        """
        ### BEGIN SOLUTION
        super().__init__(Linear(input_size, hidden_size), ReLU(), Linear(hidden_size, output_size))
        self.input_size, self.hidden_size, self.output_size = input_size, hidden_size, output_size
        ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-simple-mlp", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_simple_mlp()
    print("passed: a model")

# %% [markdown]
r"""
## One model, measured

```
 entry               what it is                                       from
 ──────────────────────────────────────────────────────────────────────────────────────
 parameter_count     numbers that the model holds                     counted
 model_size_mb       bytes that they take / 1,048,576                 counted (15)
 accuracy            share of examples whose largest score is right   counted (19)
 latency_ms_mean     mean time of a pass over X                       timed num_runs times (19)
 latency_ms_std      their scatter, with n − 1; None for one run      likewise
 throughput          examples a second: n / (mean / 1000)             from the mean
```

**Numbers held** needs a thought. To `count_parameters`, a quantized layer has none, for nothing in it can be trained.
A report that says *0 parameters* after quantizing would be right by the letter and absurd. So `count_numbers` goes
through the leaves and counts bytes that stand for weights as well:

```
 leaf                            numbers                            bytes
 ──────────────────────────────────────────────────────────────────────────
 Linear(10, 20)                  200 + 20 =  220                      880
 QuantizedLinear of the same     200 + 20 =  220      200 + 80 + 8 =  288
 ReLU, Dropout                                 0                        0
```

**Throughput** follows from the mean and not from the fastest run: 8,000 examples a second is a promise about a day,
and the mean is what a day is made of.

**The traps.** Latency is one pass over all of X, whatever its size: reports are comparable only with the same X.
Accuracy on the training set measures memory, not skill. And a measurement that is taken with dropouts on is one of
another model; `Benchmark` evaluates, as lesson 19 built it.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "report-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def count_numbers(model):
    """
    Count the numbers that a model holds.

    TODO: return the sum over all leaves: of a QuantizedLinear its weights and biases, of others their parameters.

    EXAMPLE:
    >>> layer = Linear(10, 20)
    >>> count_numbers(Sequential(layer, ReLU(), QuantizedLinear(layer)))
    440

    HINT: flat_layers lists the leaves. q_weight is an array; a bias may be None.
    """
    ### BEGIN SOLUTION
    total = 0
    for layer in flat_layers(model):
        if isinstance(layer, QuantizedLinear):
            total += layer.q_weight.size + (0 if layer.bias is None else layer.bias.size)
        else:
            total += count_parameters(layer)
    return total
    ### END SOLUTION


class BenchmarkReport:
    """What was measured of one model. `metrics` is None until something was."""

    def __init__(self, model_name, clock=time.perf_counter):
        """Keep the model's name and the clock. Given."""
        self.model_name, self.clock, self.metrics = model_name, clock, None

    def benchmark_model(self, model, X, y, num_runs=100):
        """
        Measure a model on inputs X and answers y.

        TODO: set metrics to a dict of the ENTRIES, as in the table above, and return it.

        APPROACH:
        1. Make a Benchmark of this one model and the data, with num_runs measurement_runs and the report's clock.
        2. Take its latency and its accuracy: BenchmarkResults, with mean and std.
        3. Count the numbers and the bytes.

        EXAMPLE:
        >>> hands = iter([0.0, 0.002, 1.0, 1.004])
        >>> report = BenchmarkReport("small", clock=lambda: next(hands))
        >>> metrics = report.benchmark_model(SimpleMLP(), Tensor(np.ones((6, 10))), Tensor(np.zeros(6)), num_runs=2)
        >>> metrics["parameter_count"], round(metrics["latency_ms_mean"], 6), round(metrics["throughput"], 3)
        (283, 3.0, 2000.0)

        HINT: both benchmarks return a dict with a single value here; next(iter(found.values())) is that value.
        """
        ### BEGIN SOLUTION
        measured = Benchmark({self.model_name: model}, {"data": (X, y)}, measurement_runs=num_runs, clock=self.clock)
        (latency,) = measured.run_latency_benchmark().values()
        (accuracy,) = measured.run_accuracy_benchmark().values()
        self.metrics = {
            "parameter_count": count_numbers(model),
            "model_size_mb": model_bytes(model) / MB,
            "accuracy": accuracy.mean,
            "latency_ms_mean": latency.mean,
            "latency_ms_std": latency.std,
            "throughput": X.shape[0] / (latency.mean / 1000),
        }
        return self.metrics
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers of chains of floats, of bytes and of both. Then a model whose weights make it guess the place of the largest
input, on eight examples of which it gets five right, with a clock that says 1, 2, 3, 4 and 10 ms: all six entries are
known. A single run, the default of 100, and a dropout that must keep still come after.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-benchmark-report", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_benchmark_report()
    print("passed: one model, measured")

# %% [markdown]
r"""
## Two models, compared

$$\text{speedup} = \frac{\text{latency of the baseline}}{\text{latency of the optimized}} \qquad
\text{compression\_ratio} = \frac{\text{size of the baseline}}{\text{size of the optimized}} \qquad
\text{accuracy\_delta} = \text{accuracy}_\text{optimized} - \text{accuracy}_\text{baseline}$$

```
              latency    size        accuracy
 baseline     4.0 ms     0.00100 MB  0.9375
 optimized    2.5 ms     0.00025 MB  0.921875
              1.6        4.0         −0.015625
              times      times       a difference, not a ratio
```

Both ratios are above 1 where something was gained. A speedup of 0.8 is a slowdown and must be reported as it is. The
accuracy is a difference, for a ratio would make 0.02 of 0.94 look like nothing, and of 0.04 like half.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "improvements-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def improvements(baseline, optimized):
    """
    Compare the metrics of two models.

    TODO: return a dict of speedup, compression_ratio and accuracy_delta, given two dicts of metrics.

    EXAMPLE:
    >>> slow = {"latency_ms_mean": 4.0, "model_size_mb": 0.001, "accuracy": 0.9375}
    >>> improvements(slow, {"latency_ms_mean": 2.5, "model_size_mb": 0.00025, "accuracy": 0.921875})
    {'speedup': 1.6, 'compression_ratio': 4.0, 'accuracy_delta': -0.015625}
    """
    ### BEGIN SOLUTION
    return {
        "speedup": baseline["latency_ms_mean"] / optimized["latency_ms_mean"],
        "compression_ratio": baseline["model_size_mb"] / optimized["model_size_mb"],
        "accuracy_delta": optimized["accuracy"] - baseline["accuracy"],
    }
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-improvements-calculation", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_improvements_calculation()
    print("passed: two models, compared")

# %% [markdown]
"""
## A report as data

```
 submission
 ├── format                "tinytorch-capstone/1"
 ├── student_name          "ada", or "anonymous"
 ├── system                python "3.12", numpy "2.1.0": what the times depend on, beside the machine
 ├── baseline
 │   ├── model_name        "mlp"
 │   └── metrics           the six entries
 └── only where there is an optimized model:
     ├── optimized         model_name, metrics
     ├── techniques_applied  ["quantize_model"]
     └── improvements      speedup, compression_ratio, accuracy_delta
```

A format has a name and a number, so that a program that reads it in two years knows what it has. What is absent is
absent: no `optimized: null`, no improvements of 1. And a report owns what it holds. If it kept the very dict that is
`report.metrics`, the next measurement would rewrite a report that was handed in.

**What must be refused**, with a ValueError: a model that was never measured, and techniques without an optimized
model: a claim with nothing behind it.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "submission-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def described(report):
    """
    Turn one BenchmarkReport into a part of a submission.

    TODO: return a dict of model_name and metrics, a copy. A report without metrics is a ValueError.
    """
    ### BEGIN SOLUTION
    if report.metrics is None:
        raise ValueError(f"{report.model_name} was never measured: call benchmark_model first")
    return {"model_name": report.model_name, "metrics": dict(report.metrics)}
    ### END SOLUTION


def generate_submission(baseline, optimized=None, student_name=None, techniques_applied=None):
    """
    Make a submission of one BenchmarkReport, or of two.

    TODO: return the dict that the picture above shows.

    APPROACH:
    1. Refuse techniques where there is no optimized model.
    2. Put format, student_name, system and baseline in.
    3. Where there is an optimized model, add it, a list of the techniques (an empty one where none are named) and
       the improvements.

    EXAMPLE:
    >>> report = BenchmarkReport("mlp")
    >>> _ = report.benchmark_model(SimpleMLP(), Tensor(np.ones((2, 10))), Tensor([0, 1]), num_runs=1)
    >>> sorted(generate_submission(report, student_name="ada"))
    ['baseline', 'format', 'student_name', 'system']

    HINT: sys.version_info[:2] and np.__version__ are for system.
    """
    ### BEGIN SOLUTION
    if optimized is None and techniques_applied:
        raise ValueError("techniques were applied, and there is no optimized model")
    submission = {
        "format": FORMAT,
        "student_name": student_name or "anonymous",
        "system": {"python": ".".join(map(str, sys.version_info[:2])), "numpy": np.__version__},
        "baseline": described(baseline),
    }
    if optimized is not None:
        submission["optimized"] = described(optimized)
        submission["techniques_applied"] = list(techniques_applied or [])
        submission["improvements"] = improvements(baseline.metrics, optimized.metrics)
    return submission
    ### END SOLUTION

# %% [markdown]
"""
### What the tests check

`test-submission-generation` makes reports of a single model: which entries there are and which are not, names, the
metrics to the digit, that another measurement does not reach into a report, and that what was never measured is
refused. `test-with-optimization` makes reports of two, with their techniques and improvements.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-submission-generation", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_submission_generation()
    print("passed: a report of one model")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-with-optimization", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_with_optimization()
    print("passed: a report of two models")

# %% [markdown]
"""
## What is wrong with a report?

Reports come from strangers, from older programs, from hands. The check does not stop at the first fault: it returns a
list of sentences, one for each, and an empty list for a report that is in order.

```
 fault                                                      a sentence such as
 ──────────────────────────────────────────────────────────────────────────────────────────────────────
 format, student_name, system or baseline is missing        student_name is missing
 the format is another                                      the format is "…/9", not "tinytorch-capstone/1"
 baseline, optimized or improvements is no dict             optimized is no dict
 baseline or optimized lacks model_name or metrics          optimized has no metrics
 one of the six entries is missing from metrics             baseline: accuracy is missing
 … or is no number                                          baseline: accuracy is no number
   (latency_ms_std may be None; True is no number)
 optimized without improvements, or the reverse             optimized and improvements belong together
 improvements that do not follow from both metrics          speedup is 9, and 1.6 by the metrics
```

The last line is the heart of it. A speedup that stands beside its two latencies can be recomputed, so it is, and a
wish is found out. Compare with a tolerance: what went through a text file may have lost its last digits.

**The traps.** `isinstance(True, int)` is true in Python. A check that raises a KeyError for what is missing has found
a fault and reports none. And recompute only where both metrics are in order, or the check breaks on what it checks.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "schema-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def is_number(value):
    """Say whether a value is an int or a float, and no bool. Given."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_part(name, part):
    """
    Say what is wrong with a submission's baseline or optimized model.

    TODO: return a list of sentences, one for each fault of the dict `part`; `name` is for the sentences.

    APPROACH:
    1. A part that is no dict: one sentence, and no more.
    2. model_name missing: a sentence. No metrics, or metrics that are no dict: one, and nothing else to look at.
    3. For each of the ENTRIES: one where it is missing, one where it is no number. latency_ms_std may be None.

    EXAMPLE:
    >>> check_part("baseline", {"model_name": "mlp"})
    ['baseline has no metrics']
    """
    ### BEGIN SOLUTION
    if not isinstance(part, dict):
        return [f"{name} is no dict"]
    problems = [] if "model_name" in part else [f"{name} has no model_name"]
    metrics = part.get("metrics")
    if not isinstance(metrics, dict):
        return [*problems, f"{name} has no metrics"]
    for each in ENTRIES:
        if each not in metrics:
            problems.append(f"{name}: {each} is missing")
        elif not is_number(metrics[each]) and (each != "latency_ms_std" or metrics[each] is not None):
            problems.append(f"{name}: {each} is no number")
    return problems
    ### END SOLUTION


def check_submission(submission):
    """
    Say what is wrong with a submission.

    TODO: return a list of sentences, one for each fault of the table above; an empty one for a submission in order.

    APPROACH:
    1. Look for the four entries that must be there, and at the format where it is.
    2. Check the parts that are there.
    3. optimized and improvements must both be there or both be absent.
    4. Where both are there and no fault was found so far, compute the improvements anew, and compare each; where they
       are no dict, say so.

    EXAMPLE:
    >>> check_submission({"format": FORMAT, "student_name": "ada", "system": {}})
    ['baseline is missing']

    HINT: np.isclose compares with a tolerance. An improvement that is absent is no number, and does not follow.
    """
    ### BEGIN SOLUTION
    problems = [f"{each} is missing" for each in ("format", "student_name", "system", "baseline") if each not in submission]
    if submission.get("format", FORMAT) != FORMAT:
        problems.append(f"the format is {submission['format']!r}, not {FORMAT!r}")
    for name in ("baseline", "optimized"):
        if name in submission:
            problems += check_part(name, submission[name])
    if ("optimized" in submission) != ("improvements" in submission):
        problems.append("optimized and improvements belong together")
    if problems or "optimized" not in submission:
        return problems
    told = submission["improvements"]
    if not isinstance(told, dict):
        return ["improvements is no dict"]
    right = improvements(submission["baseline"]["metrics"], submission["optimized"]["metrics"])
    wrong = [name for name in right if not is_number(told.get(name)) or not np.isclose(told[name], right[name])]
    return [f"{name} is {told.get(name)}, and {right[name]} by the metrics" for name in wrong]
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Reports in order, of one model and of two, must have no faults. Then dozens of broken ones, each made of a good one by a
single change, must have exactly one, and some with more changes more. Sentences are not compared with ours, only
counted; but no two faults of a report may share one.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-submission-schema", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_submission_schema()
    print("passed: what is wrong")

# %% [markdown]
"""
## As text, as a file

JSON knows objects, lists, strings, numbers, true, false and null. It does not know what looks like a number and is
none to it:

```
 Python                       json.dumps
 ──────────────────────────────────────────────────────────────────
 4.0, 283, None, "ada"        4.0, 283, null, "ada"
 np.float64(4.0)              4.0, for it is a float
 np.float32(4.0), np.int64    TypeError: make a float or an int of it
 float("nan"), inf            NaN, Infinity: no JSON, and other programs refuse it
 ("a", "b")                   ["a", "b"]: what comes back is a list
```

So pass `allow_nan=False`: a measurement that went wrong shall fail here, on your side, and not with whom you send it
to. Two spaces of indentation let a person read it, and sorted keys make two reports differ only where they differ.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "json-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def to_json(submission):
    """
    Write a submission as text.

    TODO: return JSON, indented by two, with sorted keys. What JSON does not know must raise: nan a ValueError, an
    array a TypeError.

    EXAMPLE:
    >>> print(to_json({"format": FORMAT, "baseline": {"accuracy": 0.5}}))
    {
      "baseline": {
        "accuracy": 0.5
      },
      "format": "tinytorch-capstone/1"
    }
    """
    ### BEGIN SOLUTION
    return json.dumps(submission, indent=2, sort_keys=True, allow_nan=False)
    ### END SOLUTION


def save_submission(submission, path):
    """
    Write a submission to a file.

    TODO: check it first; faults are a ValueError, and no file is written. Then write its JSON, in UTF-8, and return the
    path as text.

    HINT: Path(path).write_text(text, "utf-8").
    """
    ### BEGIN SOLUTION
    if problems := check_submission(submission):
        raise ValueError("; ".join(problems))
    Path(path).write_text(to_json(submission), "utf-8")
    return str(path)
    ### END SOLUTION


def load_submission(path):
    """Read a submission from a file. Given, so that what save_submission writes can be looked at."""
    return json.loads(Path(path).read_text("utf-8"))

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-json-serialization", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_json_serialization()
    print("passed: as text, as a file")

# %% [markdown]
"""
## Putting them together

The last test is the whole experiment in small. It makes a model that tells four clouds of points apart, measures it,
compresses and quantizes a second one, measures that on the same data with the same clock, hands both in, and reads
the file again.

```
 SimpleMLP(12, 24, 4) ──────────────────────────────────────────▶ measured ──┐
      │ the same weights                                                     ├──▶ submission ──▶ file
      └──▶ compress_model: 25 % of weights to 0 ──▶ quantize_model ──▶ measured ──┘
           412 numbers, 1,648 bytes                 528 bytes: 3.12 times smaller
```
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_module()
    print("passed: the module")

# %% [markdown]
"""
## The pattern, and a comparison

Every experiment of this kind has one form, and its order is what makes it one:

```python
x, y = data_that_neither_model_was_trained_on()
before = BenchmarkReport("baseline")
before.benchmark_model(model, x, y)
smaller = improve(copy_of(model))             # the model itself stays, to be measured again if need be
after = BenchmarkReport("optimized")
after.benchmark_model(smaller, x, y)          # same data, same machine, same number of runs
save_submission(generate_submission(before, after, name, what_was_done), path)
```

What the lessons of this part can do for the three numbers of a report:

```
 technique               size       latency                          accuracy      report it by
 ──────────────────────────────────────────────────────────────────────────────────────────────────────
 quantize_model (15)     to 1/4     less where memory is the limit   a little      model_size_mb
 magnitude_prune (16)    the same   the same                         a little      a sparse file, or not at all
 low_rank (16)           less       less                             some          size and latency
 distillation (16)       any        any                              some          as another model
 KV cache (17)           more       much less for long texts         none          latency for each new token
 tiles, fusion (18)      the same   less                             none          latency
```

The second row is worth a second look. Zeros in an array take the room of numbers, so pruning alone leaves
`model_size_mb` as it was, and a report that claims otherwise is refused by `check_submission`.

## Which report when

| you want to | hand in | because | not when |
|---|---|---|---|
| say what a model is | one model | nothing is claimed | you were asked for a gain |
| say what a change brought | two models | both sides are measured | data or machine differ |
| compare ten variants | lesson 19's table | a report holds two | a verdict on two is wanted |
| publish | report, code and seed | others can run it again | data must not leave your house |

## Three pipelines

**Digits on a microcontroller.** 8 × 8 pixels, ten classes, 4 KB for the model.

```
 Trainer (07) on DataLoader (08) ──▶ SimpleMLP(64, 32, 10): 2,410 numbers, 9,640 B ──▶ quantize_model with samples
 ──▶ 2,048 + 128 + 16 + 320 + 40 + 16 = 2,568 B ──▶ report: 3.75 times smaller
```

**Pictures on a phone.** A SimpleCNN (09) with a head: 25,578 numbers.

```
 quick_profile (14) ──▶ 71 % of the work in the second convolution, 80 % of the numbers in the head
 ──▶ quantize the head for size, tile and fuse (18) for time ──▶ benchmark on the phone ──▶ report
```

**A chat that answers at once.** A GPT (13) of 178,432 numbers, on texts of 100 tokens.

```
 100 · 101 / 2 = 5,050 rows without a cache, 100 with one (17) ──▶ latency by token ──▶ report, accuracy_delta 0
```

## Sixty years in twenty lessons

What you have written is a path through the history of the field, and each of its stations is a milestone that runs on
your own package, with figures to reach: `tito milestone status` lists them, `tito milestone run NAME` runs one.

```
 year   milestone      what is to be seen                                  lessons
 ─────────────────────────────────────────────────────────────────────────────────────────
 1958   perceptron     a Linear and a threshold part two groups            01–03
 1969   xor            two layers do what one cannot                       01–06
 1986   mlp            backpropagation reads digits                        01–08
 1998   cnn            convolutions read them better                       01–09
 2017   attention      words are reversed, and a GPT learns a grammar      01–07, 10–13
 2018   capstone       the same digits, with fewer bytes and operations    01–09, 14–20
```

## In production

MLPerf's rules fill a hundred pages, and most are about what you met here: which data, how many runs, what counts as
the same model, how a latency is defined, and that the code must be published. Submissions are JSON-like files that a
checker reads before people do. Model cards and data sheets add what numbers do not say: what a model is for, on whom
it was measured, and on whom not.

Reproducible reports also name the commit, the seed, the processor and its frequency, and whether anything else ran.
`system` is the beginning of that.

## Pitfalls

- **Different data for the two models.** Symptom: a throughput that changed more than the latency. Compare the numbers
  of examples.
- **The upside-down ratio.** Symptom: a speedup of 0.6 after an optimization that helped. Put in 4 and 2 by hand.
- **A baseline that was changed.** Symptom: both models are the same size. `quantize_model` works in place; make the
  second model from a copy.
- **The best of many runs.** Symptom: nobody can repeat it. Report mean and scatter, and how often was timed.
- **A report that changes afterwards.** Symptom: two reports say the same. Look whether they share a dict.
- **NaN in a file.** Symptom: another program says *unexpected token N*. `allow_nan=False` finds it where it was made.
- **Zero parameters.** Symptom: a quantized model holds nothing. Count bytes as well as Tensors.

## What it costs

| step | passes over X | besides |
|---|---|---|
| `benchmark_model` | num_runs + 5 to warm up + 1 for the accuracy | two looks at the clock a run |
| `count_numbers`, `model_bytes` | none | one look at each leaf |
| `generate_submission`, `check_submission` | none | some dozen comparisons |
| `save_submission` | none | about a kilobyte of text |

At the default of 100 runs, a report of two models takes 212 passes. If that is too long, take a smaller X before you
take fewer runs: with n runs, the interval of the mean shrinks with √n, whatever X is.

## Look ahead

There is no lesson 21. There is what you would like to know: how a convolution runs on a GPU, why a transformer needs
so much data, how ten thousand processors train one model. PyTorch's source will look familiar: `nn.Module`,
`autograd.Function`, `optim.AdamW` are larger versions of files that you wrote. So will its bugs.

## Questions to think about

1. Your optimized model is 0.4 % less accurate on 1,000 examples. How large is the interval of that difference? How
   many examples would you need to be sure of its sign?
2. A report says *speedup 2.1*, and its two latencies are 4.2 ± 1.9 and 2.0 ± 1.7 over ten runs. What would you
   answer? Which function of lesson 19 would you have wished to see in the format?
3. Which numbers in a report can still be made to look good without telling a lie? Write a rule against each.

## Summary

You have built an experiment that starts with a model and ends with a file that a stranger can check. The numbers in it
are counted where counting is possible, timed where it is not, and every claim follows from what stands beside it. With
that, the library is whole, and it is yours.

```
tito module complete 20
```

checks your work, exports it and marks the last lesson as done. What is left is the last milestone,
`tito milestone run capstone`: your network for digits, in bytes, against itself. Congratulations.
"""
