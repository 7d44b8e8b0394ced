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
# 19 · Benchmarking

You have made models smaller, sparser and faster, or so you think. This lesson is about the last three words. A
profiler tells where the time of one model goes; a benchmark tells which of two models is better, and whether you may
say so at all. The arithmetic is a page long. The discipline is harder: to measure in the right order, to report what
you do not know, and to never let a number into a table that nobody has measured.

**When you are done, you can**

- turn a handful of measurements into a mean, and say how far the truth may be from it;
- explain why 1.96 is the wrong factor for five runs, and what it costs to use it;
- measure two models so that a machine which gets warm favours neither;
- decide whether a difference is one, or refuse to decide;
- run a suite of tasks with fixed data and fixed targets, and report what passed and what did not.

**You need** modules 01 (`Tensor`) and 14 (`evaluated`, `measure_memory`). The tests use layers of module 03.

**You build**

| part | what it does |
|---|---|
| `BenchmarkResult` | a list of measurements, and what it says |
| `precise_timer` | a stop-watch for a `with` block |
| `Benchmark` | latency, accuracy and memory of several models on several data sets |
| `compare_results` | whether one result is lower or higher than another, or nobody knows |
| `BenchmarkSuite`, `rank` | a table, bars, and the winners of three contests |
| `TinyMLPerf` | four tasks with targets |

**The way here and on**

```
 14 profiling            15–18                        19 benchmarking            20 capstone
 ┌───────────────┐       ┌───────────────────┐        ┌───────────────────┐      ┌────────────────┐
 │ one model:    │ ────▶ │ quantize, prune,  │ ─────▶ │ two models:       │ ───▶ │ a submission   │
 │ where it goes │       │ cache, accelerate │ is it  │ which is better,  │      │ with numbers   │
 └───────────────┘       └───────────────────┘ better?│ and how sure?     │      │ that hold      │
                                                      └───────────────────┘      └────────────────┘
```

**Where it lives**: you write in `modules/19_benchmarking/` of your workspace, and `tito export 19` makes
`tinytorch/bench.py` of it:

```python
from tinytorch.bench import Benchmark, BenchmarkResult, TinyMLPerf
```

It stands beside `core` and `perf` and not within them: it judges what they hold, so it belongs to neither.

**It depends on** NumPy, `tinytorch.core.tensor` and `tinytorch.perf.profiling`. Where one of these cannot be imported,
it is not exported yet: `tito export 14`, say. Where Python does not even find `tinytorch`, your workspace is not
installed in it: see *Install* in the README, and whether Jupyter uses that `.venv`.
"""

# %%
#| default_exp bench

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import enum
import math
import time

import numpy as np

from tinytorch.core.tensor import Tensor
from tinytorch.perf.profiling import evaluated, measure_memory

# Student's factors for an interval of 95 %, for 1 to 30 degrees of freedom.
STUDENT = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)


def student(degrees):
    """Return Student's factor for 95 % and so many degrees of freedom, rounded down; right to three places. Given."""
    whole = max(1, math.floor(degrees + 1e-9))
    return STUDENT[whole - 1] if whole <= len(STUDENT) else 1.96 + 2.37 / whole + 2.82 / whole**2

# %%
# For the tests alone, so these are not exported.
import json

from tinytorch.core.layers import Dropout, Layer, Linear, Sequential

# %% [markdown]
r"""
## A number is not a result

Say that five passes of one model took 1.0, 1.1, 0.9, 1.0 and 6.0 ms. In the last one, something else wanted the
processor. What is the model's latency?

| | ms | what it says |
|---|---|---|
| mean | 2.0 | no pass took that long |
| median | 1.0 | half of them took at most this |
| smallest | 0.9 | what the machine can do undisturbed |
| standard deviation | 2.24 | larger than the mean: look at the values |
| mean, with its interval | 2.0 ± 2.78 | we know next to nothing |

All five lines are right. A single number would have hidden that they disagree, so a result is the *list*, and everything
else is computed from it.

**How sure is a mean?** The values scatter with a standard deviation s, for which we divide by n − 1, since their own
mean has been fitted to them:

$$s = \sqrt{\frac{1}{n - 1} \sum (x_i - \bar x)^2} \qquad\qquad \bar x \pm t_{n-1} \frac{s}{\sqrt n}$$

The mean of n values scatters √n times less. With the factor t, an interval around the mean covers the truth in 95 of
100 such experiments. For very many values t is 1.96. For few it is larger, because s is a guess as well: Gosset, who
published as *Student*, worked out by how much in 1908, for a brewery that could afford few measurements.

| values n | 2 | 3 | 5 | 10 | 20 | 30 | ∞ |
|---|---|---|---|---|---|---|---|
| factor t for n − 1 degrees of freedom | 12.706 | 4.303 | 2.776 | 2.262 | 2.093 | 2.045 | 1.960 |
| what ± 1.96 s/√n covers, of promised 95 % | 70 % | 81 % | 88 % | 92 % | 93.5 % | 94 % | 95 % |

For the values 1, 2, 3, 4, 5 the mean is 3 and s = 1.581139. With 1.96 the interval would be 3 ± 1.386; with 2.776, as it
must be, 3 ± 1.963.

**And one value?** It has a mean and no scatter. Its standard deviation is not 0, it is unknown; so are the ends of the
interval. We say None. A 0 would claim certainty where there is none, and every comparison would believe it.

**Accuracy is a mean, too.** Of n examples each is right (1) or wrong (0), and the accuracy is the mean of these. So it
has an interval like any other. If 90 % are right:

| examples | interval |
|---|---|
| 100 | 90 % ± 6.0 |
| 1,000 | 90 % ± 1.9 |
| 10,000 | 90 % ± 0.6 |

Two models with 90 % and 92 % on a hundred examples: nobody knows.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "result-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class BenchmarkResult:
    """Measurements of one thing, and what they say."""

    def __init__(self, metric_name, values, metadata=None):
        """
        Describe a list of measurements.

        TODO: set metric_name, values, metadata, count, mean, median, min_val, max_val, std, ci_lower and ci_upper.

        APPROACH:
        1. Refuse an empty list with a ValueError.
        2. Keep the values as a list of floats, and metadata as a dict, an empty one where it is None.
        3. Compute the mean, the median and both ends.
        4. For one value, std and both ends of the interval are None.
        5. For more, std divides by n - 1, and the interval is the mean ± student(n - 1) * std / sqrt(n).

        EXAMPLE:
        >>> result = BenchmarkResult("latency_ms", [1, 2, 3, 4, 5])
        >>> result.mean, round(result.std, 4), round(result.ci_lower, 3), round(result.ci_upper, 3)
        (3.0, 1.5811, 1.037, 4.963)

        HINT: np.std(values, ddof=1) divides by n - 1. float(…) makes a Python number of what NumPy gives.
        """
        ### BEGIN SOLUTION
        self.metric_name, self.metadata = metric_name, dict(metadata or {})
        self.values = [float(value) for value in values]
        self.count = len(self.values)
        if self.count == 0:
            raise ValueError(f"{metric_name} without any values")
        self.mean, self.median = float(np.mean(self.values)), float(np.median(self.values))
        self.min_val, self.max_val = min(self.values), max(self.values)
        self.std = self.ci_lower = self.ci_upper = None
        if self.count > 1:
            self.std = float(np.std(self.values, ddof=1))
            half = student(self.count - 1) * self.std / math.sqrt(self.count)
            self.ci_lower, self.ci_upper = self.mean - half, self.mean + half
        ### END SOLUTION

    def to_dict(self):
        """
        Hand everything on, in a form that JSON knows.

        TODO: return a dict with all that __init__ sets, under the same names.

        EXAMPLE:
        >>> BenchmarkResult("accuracy", [1]).to_dict()["std"] is None
        True

        HINT: vars(self) is the dict of an object's own attributes. Return a copy: whoever changes it must not change those.
        """
        ### BEGIN SOLUTION
        return dict(vars(self))
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers of the examples above; 2, 10, 11, 31, 32 and 200 values, each interval compared with Student's factor from a
table of the test's own; one value, for which three entries are None; none, which is a ValueError; and that `to_dict`
holds all of it and goes through JSON and back.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-benchmark-result", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_unit_benchmark_result():
    """BenchmarkResult describes values, with n - 1 and Student's factor, and says None where nothing is known."""
    random = np.random.default_rng(1)
    cases = [([1, 2, 3, 4, 5], 2.776), ([1.0, 1.1, 0.9, 1.0, 6.0], 2.776), ([3.0, 7.0], 12.706)]
    factors = {10: 2.262, 11: 2.228, 31: 2.042, 32: 2.0395, 200: 1.972}
    cases += [(random.normal(5, 2, size=count).tolist(), factor) for count, factor in factors.items()]
    for values, factor in cases:
        count = len(values)
        std = math.sqrt(sum((value - sum(values) / count) ** 2 for value in values) / (count - 1))
        half = factor * std / math.sqrt(count)
        ordered = sorted(values)
        wanted = {
            "mean": sum(values) / count,
            "median": (ordered[(count - 1) // 2] + ordered[count // 2]) / 2,
            "min_val": ordered[0],
            "max_val": ordered[-1],
            "count": count,
            "std": std,
        }
        result, text = BenchmarkResult("latency_ms", values), f"of {count} values that begin with {values[:5]}"
        assert result.metric_name == "latency_ms", f"metric_name is kept, got {result.metric_name}"
        assert result.values == values, f"values are kept, {values[:5]}, got {result.values[:5]}"
        assert result.metadata == {}, f"without metadata there is an empty dict, got {result.metadata}"
        for name, number in wanted.items():
            got = getattr(result, name)
            assert np.allclose([got], [number], rtol=1e-6, atol=1e-9), f"{name} {text} is {number}, got {got}"
        for name, sign in (("ci_lower", -1), ("ci_upper", 1)):
            got, number = getattr(result, name), wanted["mean"] + sign * half
            close = np.allclose([got], [number], rtol=0, atol=1e-3 * half)
            assert close, f"{name} {text} is {number}, with Student's {factor}, got {got}"
        told = json.loads(json.dumps(result.to_dict()))
        keys = sorted([*wanted, "metric_name", "values", "metadata", "ci_lower", "ci_upper"])
        assert sorted(told) == keys, f"to_dict has the entries {keys}, got {sorted(told)}"
        for name, number in wanted.items():
            assert np.allclose([told[name]], [number], rtol=1e-6, atol=1e-9), f"to_dict()[{name!r}] is {number}, got {told[name]}"
        lower, upper = told["ci_lower"], told["ci_upper"]
        assert np.allclose([upper - lower], [2 * half], rtol=1e-3, atol=0), f"to_dict has the interval, got {lower} to {upper}"
        assert told["values"] == values, f"to_dict has the values, got {told['values'][:5]}"
        assert told["metric_name"] == "latency_ms", f"to_dict has the name, got {told['metric_name']}"

    single = BenchmarkResult("accuracy", [0.75], {"model": "small"})
    for name, wanted in (("mean", 0.75), ("median", 0.75), ("min_val", 0.75), ("max_val", 0.75), ("count", 1)):
        got = getattr(single, name)
        assert got == wanted, f"{name} of [0.75] is {wanted}, got {got}"
    for name in ("std", "ci_lower", "ci_upper"):
        got = getattr(single, name)
        assert got is None, f"{name} of one value is not known: None, got {got}"
        assert single.to_dict()[name] is None, f"to_dict()[{name!r}] of one value is None, got {single.to_dict()[name]}"
    assert single.metadata == {"model": "small"}, f"metadata are kept, got {single.metadata}"
    assert single.to_dict()["metadata"] == {"model": "small"}, f"to_dict has the metadata, got {single.to_dict()}"
    try:
        BenchmarkResult("latency_ms", [])
    except ValueError:
        pass
    else:
        raise AssertionError("a result without values must raise ValueError")
    print("benchmark result: passed")


if __name__ == "__main__":
    test_unit_benchmark_result()

# %% [markdown]
"""
## A stop-watch

```
 with precise_timer() as timer:        __enter__: look at the clock, return the timer
     model(x)                          whatever the block does
 timer.elapsed                         __exit__: look again; the difference, in seconds
```

Which clock? `time.time()` tells the time of day, and jumps when somebody sets it. `time.perf_counter()` only goes
forward, with the finest steps that the machine has. It is the default; but the timer takes any clock, which is how the
tests below know what must come out. **Nothing in this lesson is tested by waiting.**

Two looks, and nothing between them but the block: what is done before the first look or after the second is not in the
time. And a block that fails must fail: a timer that swallows exceptions reports how fast a model crashes.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "timer-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class precise_timer:
    """A stop-watch for a with block: `elapsed` is how many seconds it took."""

    def __init__(self, clock=time.perf_counter):
        """Keep the clock, a function that gives seconds. Given."""
        self.clock = clock
        self.elapsed = None

    def __enter__(self):
        """TODO: look at the clock, and return the timer."""
        ### BEGIN SOLUTION
        self.start = self.clock()
        return self
        ### END SOLUTION

    def __exit__(self, *fault):
        """
        TODO: set elapsed to the seconds that have gone by.

        EXAMPLE:
        >>> hands = iter([10.0, 10.5])
        >>> with precise_timer(lambda: next(hands)) as timer:
        ...     pass
        >>> timer.elapsed
        0.5

        HINT: an __exit__ that returns something true swallows exceptions; one that returns nothing does not.
        """
        ### BEGIN SOLUTION
        self.elapsed = self.clock() - self.start
        ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-precise-timer", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_precise_timer():
    """precise_timer looks at its clock twice, once before and once after the block."""
    looks = []

    def clock():
        looks.append(len(looks))
        return (100.0, 100.25, 107.0, 110.5)[len(looks) - 1]

    timer = precise_timer(clock)
    assert looks == [], f"making a timer is not starting it, got {len(looks)} looks at the clock"
    with timer as started:
        within = len(looks)
    assert within == 1, f"one look at the clock when the block begins, got {within}"
    assert started is timer, f"with gives the timer, got {started}"
    assert len(looks) == 2, f"one look at the clock when the block ends, got {len(looks)}"
    assert timer.elapsed == 0.25, f"from 100.0 to 100.25 it is 0.25 s, got {timer.elapsed}"
    with timer:
        pass
    assert timer.elapsed == 3.5, f"used again, from 107.0 to 110.5, it is 3.5 s, got {timer.elapsed}"
    print("precise timer: passed")


if __name__ == "__main__":
    test_unit_precise_timer()

# %% [markdown]
r"""
## Measuring several models

`Benchmark` takes models and data sets, both by name, and measures every model on every data set:

| method | values of each result | unit |
|---|---|---|
| `run_latency_benchmark()` | one for each timed pass over the data set's x | ms |
| `run_accuracy_benchmark()` | one for each example: 1 where the guess is right, else 0 | |
| `run_memory_benchmark()` | one: the peak that module 14 counts | MB |

Each gives a dict from (model's name, data set's name) to a `BenchmarkResult`, whose metadata say the same names again,
so that a result that has been written to a file still knows what it is about.

**Warm up.** The first passes are slower: memory is fetched for the first time, caches are empty, the processor has
not reached its clock rate. So `warmup_runs` passes of each are not timed.

**Take turns.** Here is a trap that catches professionals. Two models are *equal*, and take 10 ms. The machine gets warm,
so that each pass takes 0.1 ms more than the one before it. Ten passes of each:

```
 one after the other    A A A A A A A A A A B B B B B B B B B B     A 10.45   B 11.45   difference 0.72 … 1.28
 taking turns           A B A B A B A B A B A B A B A B A B A B     A 10.90   B 11.00   difference −0.47 … 0.67
```

Measured one after the other, B is slower by 10 %, and the interval says that it is beyond doubt. Both are right: the
passes of B *were* slower. It was not the model. No statistics can repair a wrong order of measurement; so we go round
and round, every model once in each round.

**Accuracy is measured.** That sounds too plain to say. The guess is the largest of several columns, or, with one column,
a yes where it is above ½, as in module 07. Each is compared with its answer. A benchmark that estimates accuracy from the
size of a model, or from its name, measures its author.

**Off with dropout.** `evaluated` of module 14 calls a model with `training=False`, where it knows that.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "benchmark-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def compare_results(first, second):
    """
    Decide whether the second of two results is lower or higher than the first.

    TODO: return a dict of difference, ci_lower, ci_upper and verdict.

    APPROACH:
    1. difference is the second mean less the first.
    2. Where either result has a single value, the interval and the verdict are None.
    3. Else let a and b be std**2 / count of the first and the second. The interval is the difference ± Student's factor
       times sqrt(a + b), for (a + b)**2 / (a**2 / (n - 1) + b**2 / (m - 1)) degrees of freedom, n and m being the counts.
       Where a + b is 0, it is the difference alone.
    4. verdict is "lower" where the whole interval is below 0, "higher" where it is above, else "undecided".

    EXAMPLE:
    >>> slow, fast = (BenchmarkResult("latency_ms", each) for each in ([10, 11, 12, 11, 11], [9, 10, 9, 8, 9]))
    >>> compared = compare_results(slow, fast)
    >>> compared["difference"], round(compared["ci_lower"], 3), round(compared["ci_upper"], 3), compared["verdict"]
    (-2.0, -3.031, -0.969, 'lower')
    """
    ### BEGIN SOLUTION
    difference, unknown = second.mean - first.mean, None
    if first.std is None or second.std is None:
        return {"difference": difference, "ci_lower": unknown, "ci_upper": unknown, "verdict": unknown}
    a, b = first.std**2 / first.count, second.std**2 / second.count
    half = 0.0
    if a + b > 0:
        degrees = (a + b) ** 2 / (a**2 / (first.count - 1) + b**2 / (second.count - 1))
        half = student(degrees) * math.sqrt(a + b)
    lower, upper = difference - half, difference + half
    verdict = "lower" if upper < 0 else "higher" if lower > 0 else "undecided"
    return {"difference": difference, "ci_lower": lower, "ci_upper": upper, "verdict": verdict}
    ### END SOLUTION


class Benchmark:
    """Every one of several models, on every one of several data sets."""

    def __init__(self, models, datasets, warmup_runs=5, measurement_runs=10, clock=time.perf_counter):
        """Keep {name: model}, {name: (x, y)} and the settings. Given."""
        self.models, self.datasets = dict(models), dict(datasets)
        self.warmup_runs, self.measurement_runs, self.clock = warmup_runs, measurement_runs, clock

    def pairs(self):
        """List (model's name, data set's name): for each data set, all models. Given."""
        return [(model, dataset) for dataset in self.datasets for model in self.models]

    def results(self, metric_name, values):
        """Turn {(model, data set): values} into {(model, data set): BenchmarkResult}. Given."""
        return {
            (model, dataset): BenchmarkResult(metric_name, each, {"model": model, "dataset": dataset})
            for (model, dataset), each in values.items()
        }

    def run_latency_benchmark(self):
        """
        Time every pair, in turns.

        TODO: return {(model, data set): BenchmarkResult} of "latency_ms", with measurement_runs values each.

        APPROACH:
        1. Evaluate each pair's model on the data set's x warmup_runs times, and look at no clock.
        2. measurement_runs times: go through all pairs, and time one evaluation of each, with the benchmark's clock.
        3. Note milliseconds.

        HINT: precise_timer(self.clock) around evaluated(model, x), and nothing else within.
        """
        ### BEGIN SOLUTION
        times = {pair: [] for pair in self.pairs()}
        for model, dataset in times:
            for _ in range(self.warmup_runs):
                evaluated(self.models[model], self.datasets[dataset][0])
        for _ in range(self.measurement_runs):
            for (model, dataset), values in times.items():
                network, x = self.models[model], self.datasets[dataset][0]
                with precise_timer(self.clock) as timer:
                    evaluated(network, x)
                values.append(1000 * timer.elapsed)
        return self.results("latency_ms", times)
        ### END SOLUTION

    def run_accuracy_benchmark(self):
        """
        Compare every guess with its answer.

        TODO: return {(model, data set): BenchmarkResult} of "accuracy", with a 1 or a 0 for each example.

        APPROACH:
        1. Evaluate each pair's model on x, once.
        2. Guess: the largest column where there are several, else yes (1) where the output is above 0.5.
        3. Compare with the answers, flat.

        HINT: the mean of these values is the accuracy, and its interval comes for free.
        """
        ### BEGIN SOLUTION
        right = {}
        for model, dataset in self.pairs():
            x, y = self.datasets[dataset]
            outputs = evaluated(self.models[model], x).data
            guess = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
            right[model, dataset] = guess == y.data.ravel()
        return self.results("accuracy", right)
        ### END SOLUTION

    def run_memory_benchmark(self):
        """
        Count what a pass holds in memory at most.

        TODO: return {(model, data set): BenchmarkResult} of "peak_memory_mb", with one value each.

        HINT: measure_memory(model, x.shape)["peak_memory_mb"].
        """
        ### BEGIN SOLUTION
        shapes = {name: x.shape for name, (x, _) in self.datasets.items()}
        peaks = {
            (model, dataset): [measure_memory(self.models[model], shapes[dataset])["peak_memory_mb"]]
            for model, dataset in self.pairs()
        }
        return self.results("peak_memory_mb", peaks)
        ### END SOLUTION

    def compare_models(self, results):
        """
        Compare all models with the first one.

        TODO: given what one of the three methods has returned, return {(model, data set): comparison} for every model
        but the first, compared with the first on the same data set.

        HINT: next(iter(self.models)) is the first model's name. compare_results(first, other).
        """
        ### BEGIN SOLUTION
        baseline = next(iter(self.models))
        return {
            (model, dataset): compare_results(results[baseline, dataset], results[model, dataset])
            for model, dataset in self.pairs()
            if model != baseline
        }
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The models are the test's own, and so is the clock: it stands still unless a model moves it. So the test knows what each
pass takes, to the digit, and in which order the passes came: warm-up first and not timed, then round after round. The
machine that gets warm is among the cases.

Accuracies are compared with guesses that the test computes itself, for three columns and for one, with a dropout that
would spoil all of them; memory with bytes counted by hand.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-benchmark", "locked": true, "points": 25, "schema_version": 3, "solution": false, "task": false}
def line(weight, bias):
    """Return a linear layer of these weights."""
    layer = Linear(*np.shape(weight))
    layer.weight, layer.bias = Tensor(weight), Tensor(bias)
    return layer


def check_results(results, metric, wanted):
    """Compare {(model, data set): BenchmarkResult} with {(model, data set): values}."""
    assert set(results) == set(wanted), f"there is a result for each of {sorted(wanted)}, got {sorted(results)}"
    for (model, dataset), values in wanted.items():
        result = results[model, dataset]
        assert isinstance(result, BenchmarkResult), f"each is a BenchmarkResult, not {type(result).__name__}"
        assert result.metric_name == metric, f"the metric is {metric!r}, got {result.metric_name!r}"
        assert result.metadata == {"model": model, "dataset": dataset}, f"metadata name both, got {result.metadata}"
        got = result.values
        assert len(got) == len(values), f"{metric} of {model} on {dataset} has {len(values)} values, got {len(got)}"
        assert np.allclose(got, values, rtol=1e-6, atol=1e-9), f"{metric} of {model} on {dataset} is {values}, got {got}"


def test_unit_latency_benchmark():
    """Latency is timed in turns, after a warm-up that is not, in milliseconds."""
    calls, looks, now = [], [], [50.0]

    def clock():
        looks.append(len(calls))
        return now[0]

    def timed(name, cost):
        class Timed(Layer):
            def forward(self, x):
                now[0] += cost + 0.0001 * len(calls)
                calls.append((name, x.shape[0]))
                return x

        return Timed()

    few, many = Tensor(np.zeros((2, 3))), Tensor(np.zeros((5, 3)))
    cases = (
        ({"a": 0.010, "b": 0.010}, {"few": (few, None)}, 0, 10),
        ({"a": 0.010, "b": 0.020, "c": 0.005}, {"few": (few, None)}, 2, 3),
        ({"a": 0.003, "b": 0.001}, {"few": (few, None), "many": (many, None)}, 1, 2),
    )
    for costs, datasets, warmup, runs in cases:
        calls.clear()
        looks.clear()
        pairs = [(name, part) for part in datasets for name in costs]
        wanted, position = {pair: [] for pair in pairs}, warmup * len(pairs)
        for turn in range(runs * len(pairs)):
            name, part = pairs[turn % len(pairs)]
            wanted[name, part].append(1000 * costs[name] + 0.1 * (position + turn))
        models = {name: timed(name, cost) for name, cost in costs.items()}
        benchmark = Benchmark(models, datasets, warmup_runs=warmup, measurement_runs=runs, clock=clock)
        results = benchmark.run_latency_benchmark()
        sizes = {"few": 2, "many": 5}
        order = [(name, sizes[part]) for name, part in pairs]
        assert sorted(calls[:position]) == sorted(order * warmup), f"{warmup} passes of each warm up, got {calls[:position]}"
        assert calls[position:] == order * runs, f"then all take turns: {order}, again and again, got {calls[position:]}"
        around = [count for turn in range(position, position + len(order) * runs) for count in (turn, turn + 1)]
        assert looks == around, f"the clock is looked at around each timed pass and at no other time, got {looks}"
        check_results(results, "latency_ms", wanted)

    calls.clear()
    results = Benchmark({"a": timed("a", 0.001)}, {"few": (few, None)}, clock=clock).run_latency_benchmark()
    assert len(calls) == 15, f"by default 5 passes warm up and 10 are timed, got {len(calls)} passes"
    assert results["a", "few"].count == 10, f"by default there are 10 values, got {results['a', 'few'].count}"
    print("latency benchmark: passed")


def test_unit_accuracy_and_memory_benchmark():
    """Accuracy is measured example by example, without dropout, and memory is counted."""
    x = np.array([[2.0, 1, 0], [0, 3, 1], [1, 0, 0], [0, 0, 4], [5, 1, 1], [0.4, 2, 3]])
    y = np.array([0.0, 1, 2, 2, 1, 2])
    swap = np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 1]])
    models = {
        "keeps": Sequential(Dropout(1.0), line(np.eye(3), np.zeros(3))),
        "swaps": line(swap, np.zeros(3)),
        "sums": line([[1.0], [0], [0]], [0.0]),
    }
    thirds = (x[:, 0] > 0.5).astype(float)
    datasets = {"classes": (Tensor(x), Tensor(y)), "yes or no": (Tensor(x), Tensor(thirds.reshape(6, 1)))}
    wanted = {}
    for part, answers in (("classes", y), ("yes or no", thirds)):
        wanted["keeps", part] = (x.argmax(axis=1) == answers).astype(float).tolist()
        wanted["swaps", part] = ((x @ swap).argmax(axis=1) == answers).astype(float).tolist()
        wanted["sums", part] = (thirds == answers).astype(float).tolist()
    benchmark = Benchmark(models, datasets)
    results = benchmark.run_accuracy_benchmark()
    check_results(results, "accuracy", wanted)
    mean = results["keeps", "classes"].mean
    assert np.allclose([mean], [4 / 6], rtol=1e-6, atol=0), f"4 of 6 classes are right, got an accuracy of {mean}"

    unit = 1024 * 1024
    chain = Sequential(line(np.ones((3, 8)), np.ones(8)), line(np.ones((8, 2)), np.ones(2)))
    big, small = Tensor(np.zeros((100, 3))), Tensor(np.zeros((1, 3)))
    benchmark = Benchmark({"one": models["swaps"], "two": chain}, {"big": (big, None), "small": (small, None)})
    wanted = {
        ("one", "big"): [4 * (12 + 100 * 6) / unit],
        ("two", "big"): [4 * (50 + 100 * 11) / unit],
        ("one", "small"): [4 * (12 + 6) / unit],
        ("two", "small"): [4 * (50 + 11) / unit],
    }
    check_results(benchmark.run_memory_benchmark(), "peak_memory_mb", wanted)
    print("accuracy and memory benchmark: passed")


if __name__ == "__main__":
    test_unit_latency_benchmark()
    test_unit_accuracy_and_memory_benchmark()

# %% [markdown]
r"""
## Is it a difference?

Two means are never equal. The question is whether their difference could be chance, and it is answered by the interval
of the *difference*. With variances s² of each, it scatters with

$$\sqrt{\frac{s_1^2}{n_1} + \frac{s_2^2}{n_2}} = \sqrt{a + b} \qquad\text{and has}\qquad
\frac{(a + b)^2}{a^2/(n_1 - 1) + b^2/(n_2 - 1)}\ \text{degrees of freedom}$$

(Welch, 1947; he did not assume that both scatter alike, and neither should you: a faster model is often a steadier one.)

```
 second less first        0
 ──────────────────────── ┼ ────────────────────────
        ├──────●──────┤   │                              lower: the second is smaller, beyond doubt
                  ├───────●──────┤                       undecided: 0 is in it
                          │    ├──────●──────┤           higher
```

| first | second | difference | interval | verdict |
|---|---|---|---|---|
| 10, 11, 12, 11, 11 | 9, 10, 9, 8, 9 | −2 | −3.03 … −0.97 | lower |
| 10, 11, 12, 11, 11 | 9, 12, 10, 11, 8 | −1 | −2.99 … 0.99 | undecided |
| 10 | 9 | −1 | unknown | None |

**Undecided is a result.** It says: measure more, or stop caring. To halve an interval takes four times as many values.
**None is another one**: of a single value each, nothing can be said about chance. For memory, which is counted and not
measured, there is no chance, and the difference speaks for itself.

**The traps.**

- *Two intervals that overlap* do not mean that there is no difference. Look at the interval of the difference.
- *Beyond doubt* is not *important*: with enough passes, a difference of a thousandth is beyond doubt.
- *Twenty comparisons.* Each is wrong in 5 of 100 cases where there is nothing to find. Of twenty, at least one is, with
  a probability of 1 − 0.95²⁰ = 64 %. If you tried twenty variants and report the one that won, measure it again.

`compare_results`, in the cell above, decides for two results, `compare_models` for all models against the first one, the
*baseline*.

### What the test checks

Rows of the table and others, with counts and scatter that differ, with no scatter at all, and the second result in the
place of the first; then models against a baseline on two data sets.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-comparison", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_comparison():
    """Results are compared by the interval of their difference, and by nothing where that is unknown."""
    steady, broad = [10.0, 10.1, 9.9, 10.0], [1.0, 20.0, 6.0, 30.0, 12.0, 3.0, 18.0]
    cases = (
        ([10, 11, 12, 11, 11], [9, 10, 9, 8, 9], -2.0, 1.031275, "lower"),
        ([9, 10, 9, 8, 9], [10, 11, 12, 11, 11], 2.0, 1.031275, "higher"),
        ([10, 11, 12, 11, 11], [9, 12, 10, 11, 8], -1.0, 2.571 * math.sqrt(0.6), "undecided"),
        (steady, broad, 90 / 7 - 10, 2.447 * math.sqrt(np.var(broad, ddof=1) / 7 + np.var(steady, ddof=1) / 4), "undecided"),
        ([1, 2] * 50, [2, 3] * 50, 1.0, 1.97204 * math.sqrt(2 * 0.25 / 99), "higher"),
        ([5, 5, 5], [4, 4], -1.0, 0.0, "lower"),
        ([5, 5, 5], [5, 5], 0.0, 0.0, "undecided"),
        (broad, steady, 10 - 90 / 7, 2.447 * math.sqrt(np.var(broad, ddof=1) / 7 + np.var(steady, ddof=1) / 4), "undecided"),
        ([4, 5, 6], [7, 7, 7], 2.0, 4.303 / math.sqrt(3), "undecided"),
        ([7, 7, 7], [4, 5, 6], -2.0, 4.303 / math.sqrt(3), "undecided"),
        ([7, 7, 7], [3, 4, 5], -3.0, 4.303 / math.sqrt(3), "lower"),
    )
    for first, second, difference, half, verdict in cases:
        got = compare_results(BenchmarkResult("m", first), BenchmarkResult("m", second))
        text = f"{first[:7]} and {second[:7]}"
        numbers = [got["difference"], got["ci_lower"], got["ci_upper"]]
        wanted = [difference, difference - half, difference + half]
        close = np.allclose(numbers, wanted, rtol=0, atol=1e-3 * half + 1e-9)
        assert close, f"{text}: difference and interval are {wanted}, got {numbers}"
        assert got["verdict"] == verdict, f"{text}: the verdict is {verdict!r}, got {got['verdict']!r}"
    for first, second in (([10.0], [9.0]), ([10.0, 10.0], [9.0]), ([10.0], [9.0, 9.0])):
        got = compare_results(BenchmarkResult("m", first), BenchmarkResult("m", second))
        assert got["difference"] == -1.0, f"{first} and {second}: the difference is -1, got {got['difference']}"
        for name in ("ci_lower", "ci_upper", "verdict"):
            assert got[name] is None, f"{first} and {second}: {name} is unknown, None, got {got[name]}"

    values = {
        ("base", "one"): [10, 11, 12, 11, 11],
        ("fast", "one"): [9, 10, 9, 8, 9],
        ("same", "one"): [9, 12, 10, 11, 8],
        ("base", "two"): [1, 2, 1, 2],
        ("fast", "two"): [8, 9, 8, 9],
        ("same", "two"): [2, 1, 2, 1],
    }
    data = {"one": (None, None), "two": (None, None)}
    benchmark = Benchmark(dict.fromkeys(("base", "fast", "same")), data)
    results = {pair: BenchmarkResult("latency_ms", each) for pair, each in values.items()}
    got = benchmark.compare_models(results)
    wanted = {
        ("fast", "one"): (-2.0, "lower"),
        ("same", "one"): (-1.0, "undecided"),
        ("fast", "two"): (7.0, "higher"),
        ("same", "two"): (0.0, "undecided"),
    }
    assert set(got) == set(wanted), f"all models but the first are compared, {sorted(wanted)}, got {sorted(got)}"
    for pair, (difference, verdict) in wanted.items():
        told = got[pair]["difference"], got[pair]["verdict"]
        assert np.allclose([told[0]], [difference], rtol=0, atol=1e-9), f"{pair} differs by {difference}, got {told[0]}"
        assert told[1] == verdict, f"{pair} is {verdict!r} against the first model on the same data, got {told[1]!r}"
    print("comparison: passed")


if __name__ == "__main__":
    test_unit_comparison()

# %% [markdown]
"""
## A suite, and three contests

`BenchmarkSuite` runs all three measurements and brings them into one table. A row has a model, a data set, and one number
for each metric: the *median* latency, since an interrupted pass must not count for more than one; the *mean* of right
guesses, which is the accuracy; and the peak of memory.

```
 | model | dataset | latency_ms | accuracy | peak_memory_mb |
 |---|---|---|---|---|
 | small | digits | 0.120 | 0.910 | 0.050 |
 | large | digits | 0.840 | 0.930 | 0.910 |
```

and, for one metric, bars whose longest is `width` characters:

```
 small / digits  ######                                    0.120
 large / digits  ########################################  0.840
```

**Which is the best?** There is no answer to that, only to a sharper question. `rank` answers four:

| event | who wins | who may take part |
|---|---|---|
| `LATENCY_SPRINT` | the lowest latency | models with enough accuracy |
| `MEMORY_CHALLENGE` | the lowest peak | models with enough accuracy |
| `ACCURACY_CONTEST` | the highest accuracy | all |
| `ALL_AROUND` | the smallest sum of the three places above | models with enough accuracy |

*Enough accuracy* is what keeps the first two honest: the fastest model of all returns 0 without looking. In a contest of
places, equal numbers share the better place (1, 2, 2, 4), and equal sums keep the order of the table.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "suite-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
METRICS = ("latency_ms", "accuracy", "peak_memory_mb")


class OlympicEvent(enum.Enum):
    """What a contest is about. Given."""

    LATENCY_SPRINT = "latency_ms"
    MEMORY_CHALLENGE = "peak_memory_mb"
    ACCURACY_CONTEST = "accuracy"
    ALL_AROUND = "all"


class BenchmarkSuite(Benchmark):
    """All measurements of a benchmark, and ways to look at them."""

    def run_full_benchmark(self):
        """
        Measure everything.

        TODO: return a list of rows, and keep it as self.rows: for each pair a dict of model, dataset, and the metrics.

        APPROACH:
        1. Run the three benchmarks.
        2. For each pair, in the order of self.pairs(), take the median latency, the mean accuracy and the memory.

        EXAMPLE: {"model": "small", "dataset": "digits", "latency_ms": 0.12, "accuracy": 0.91, "peak_memory_mb": 0.05}

        HINT: a BenchmarkResult knows its median and its mean.
        """
        ### BEGIN SOLUTION
        times, right, peaks = self.run_latency_benchmark(), self.run_accuracy_benchmark(), self.run_memory_benchmark()
        self.rows = [
            {
                "model": pair[0],
                "dataset": pair[1],
                "latency_ms": times[pair].median,
                "accuracy": right[pair].mean,
                "peak_memory_mb": peaks[pair].mean,
            }
            for pair in self.pairs()
        ]
        return self.rows
        ### END SOLUTION

    def report(self):
        """
        Write the rows as a Markdown table.

        TODO: return the text of the picture above: a heading, a rule, a line for each row; numbers with three decimals.

        HINT: f"{number:.3f}" rounds. " | ".join(cells) and a bar at either end make a line; "\\n".join(lines) the table.
        """
        ### BEGIN SOLUTION
        lines = [("model", "dataset", *METRICS)]
        lines += [(row["model"], row["dataset"], *(f"{row[name]:.3f}" for name in METRICS)) for row in self.rows]
        table = [f"| {' | '.join(cells)} |" for cells in lines]
        return "\n".join([table[0], "|---|---|---|---|---|", *table[1:]])
        ### END SOLUTION

    def plot_results(self, metric, width=40):
        """
        Draw bars of one metric.

        TODO: return a line for each row: "model / dataset", a bar of "#", the number with three decimals.

        APPROACH:
        1. Refuse a metric that is not among METRICS with a ValueError.
        2. The largest number has a bar of `width` characters, others in proportion, rounded.
        3. Where all numbers are 0, all bars are empty.
        """
        ### BEGIN SOLUTION
        if metric not in METRICS:
            raise ValueError(f"{metric!r} is none of {METRICS}")
        largest = max(row[metric] for row in self.rows) or 1
        names = [f"{row['model']} / {row['dataset']}" for row in self.rows]
        bars = ["#" * round(width * row[metric] / largest) for row in self.rows]
        longest = max(len(name) for name in names)
        return "\n".join(
            f"{name:<{longest}}  {bar:<{width}}  {row[metric]:.3f}"
            for name, bar, row in zip(names, bars, self.rows, strict=True)
        )
        ### END SOLUTION


def places(numbers):
    """
    Tell who comes first, second and so on, the smallest number first.

    TODO: return a list with each number's place, from 1; equal numbers share the better place.

    EXAMPLE:
    >>> places([0.5, 0.2, 0.5, 0.9])
    [2, 1, 2, 4]

    HINT: a number's place is one more than the count of smaller numbers.
    """
    ### BEGIN SOLUTION
    return [1 + sum(other < number for other in numbers) for number in numbers]
    ### END SOLUTION


def rank(rows, event, min_accuracy=0.85):
    """
    Rank the models of a table.

    TODO: return the rows that may take part, the best first; the table's order decides between equals.

    APPROACH:
    1. In the ACCURACY_CONTEST all rows take part; else those with an accuracy of at least min_accuracy.
    2. Sort by the event's number: its metric, low first, or accuracy, high first.
    3. In ALL_AROUND it is the sum of the places in latency, memory and accuracy, among those that take part.

    EXAMPLE:
    >>> table = [{"model": "a", "latency_ms": 2, "accuracy": 0.9}, {"model": "b", "latency_ms": 1, "accuracy": 0.1}]
    >>> [row["model"] for row in rank(table, OlympicEvent.LATENCY_SPRINT)]
    ['a']

    HINT: sorted keeps the order of equals. event.value is the name of the metric.
    """
    ### BEGIN SOLUTION
    if event is OlympicEvent.ACCURACY_CONTEST:
        return sorted(rows, key=lambda row: -row["accuracy"])
    able = [row for row in rows if row["accuracy"] >= min_accuracy]
    if event is not OlympicEvent.ALL_AROUND:
        return sorted(able, key=lambda row: row[event.value])
    quick, small = (places([row[name] for row in able]) for name in ("latency_ms", "peak_memory_mb"))
    right = places([-row["accuracy"] for row in able])
    return [able[i] for i in sorted(range(len(able)), key=lambda i: quick[i] + small[i] + right[i])]
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

A suite of two models and two data sets with the test's clock, so that every number of every row is known; the cells of
the table; the lengths of the bars. Then five invented rows, with ties, in all four events.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-benchmark-suite", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_benchmark_suite():
    """A suite gives a row for each pair, as a table and as bars."""
    now, passes = [0.0], []

    def timed(inner, costs):
        class Timed(Layer):
            def forward(self, x):
                passes.append(inner)
                now[0] += costs[sum(each is inner for each in passes) % 3]
                return inner.forward(x)

            def parameters(self):
                return inner.parameters()

        return Timed()

    x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    first, second = line(np.eye(2), np.zeros(2)), line(np.eye(2)[::-1], np.array([2.0, 0.0]))
    models = {"keeps": timed(first, (0.001, 0.002, 0.009)), "yes": timed(second, (0.004, 0.004, 0.004))}
    datasets = {"all": (Tensor(x), Tensor([0.0, 1, 0, 0])), "two": (Tensor(x[:2]), Tensor([0.0, 1]))}
    suite = BenchmarkSuite(models, datasets, warmup_runs=0, measurement_runs=3, clock=lambda: now[0])
    rows, unit = suite.run_full_benchmark(), 1024 * 1024
    wanted = [
        ("keeps", "all", 2.0, 0.75, 4 * (6 + 16) / unit),
        ("yes", "all", 4.0, 0.75, 4 * (6 + 16) / unit),
        ("keeps", "two", 2.0, 1.0, 4 * (6 + 8) / unit),
        ("yes", "two", 4.0, 0.5, 4 * (6 + 8) / unit),
    ]
    assert len(rows) == 4, f"two models on two data sets make 4 rows, got {len(rows)}"
    for row, (model, dataset, *numbers) in zip(rows, wanted, strict=True):
        assert (row["model"], row["dataset"]) == (model, dataset), f"this is the row of {model} on {dataset}, got {row}"
        got = [row["latency_ms"], row["accuracy"], row["peak_memory_mb"]]
        assert np.allclose(got, numbers, rtol=1e-5, atol=1e-9), f"{model} on {dataset} has {numbers}, got {got}"

    lines = [[cell.strip() for cell in each.split("|")] for each in suite.report().strip().split("\n")]
    heading = ["", "model", "dataset", "latency_ms", "accuracy", "peak_memory_mb", ""]
    assert lines[0] == heading, f"the table's heading is {heading}, got {lines[0]}"
    assert len(lines) == 6, f"a heading, a rule and 4 rows make 6 lines, got {len(lines)}"
    rule = "".join(lines[1])
    assert set(rule) == {"-"}, f"below the heading there is a rule of -, got {rule}"
    for cells, (model, dataset, *numbers) in zip(lines[2:], wanted, strict=True):
        line_wanted = ["", model, dataset, *(f"{number:.3f}" for number in numbers), ""]
        assert cells == line_wanted, f"the table has a line {line_wanted}, got {cells}"

    for metric, width, counts in (("latency_ms", 40, (20, 40, 20, 40)), ("accuracy", 10, (8, 8, 10, 5))):
        bars = suite.plot_results(metric, width=width) if width != 40 else suite.plot_results(metric)
        bars = bars.split("\n")
        assert len(bars) == 4, f"{metric}: a bar for each of 4 rows, got {len(bars)}"
        columns = [bar.find("#") for bar in bars]
        assert columns == columns[:1] * 4, f"{metric}: all bars begin in one column, got {columns}"
        for bar, count, (model, dataset, *numbers) in zip(bars, counts, wanted, strict=True):
            number = numbers[0] if metric == "latency_ms" else numbers[1]
            got = bar.count("#")
            assert got == count, f"{metric}, width {width}: {model} on {dataset} has a bar of {count}, got {got}"
            assert bar.split() == [model, "/", dataset, "#" * count, f"{number:.3f}"], f"a name, a bar, a number, got {bar}"
    suite.rows = [{"model": "none", "dataset": "all", "latency_ms": 1.0, "accuracy": 0.0, "peak_memory_mb": 0.0}]
    empty = suite.plot_results("accuracy").split()
    assert empty == ["none", "/", "all", "0.000"], f"where all numbers are 0 there is no bar: none / all 0.000, got {empty}"
    try:
        suite.plot_results("beauty")
    except ValueError:
        pass
    else:
        raise AssertionError("bars of an unknown metric must raise ValueError")
    print("benchmark suite: passed")


def test_unit_rank():
    """Contests are won by the right number, and only by models that may take part."""
    shared = places([3.0, 1.0, 3.0, 2.0, 9.0])
    assert list(shared) == [3, 1, 3, 2, 5], f"places of 3, 1, 3, 2, 9 are 3, 1, 3, 2, 5, got {shared}"
    table = (
        ("wrong", 0.1, 0.10, 0.1),
        ("large", 9.0, 0.99, 9.0),
        ("quick", 1.0, 0.90, 5.0),
        ("small", 4.0, 0.85, 1.0),
        ("plain", 4.0, 0.92, 5.0),
    )
    keys = ("model", "latency_ms", "accuracy", "peak_memory_mb")
    rows = [dict(zip(keys, each, strict=True)) for each in table]
    contests = (
        (OlympicEvent.LATENCY_SPRINT, {}, ["quick", "small", "plain", "large"]),
        (OlympicEvent.MEMORY_CHALLENGE, {}, ["small", "quick", "plain", "large"]),
        (OlympicEvent.ACCURACY_CONTEST, {}, ["large", "plain", "quick", "small", "wrong"]),
        (OlympicEvent.ALL_AROUND, {}, ["quick", "plain", "small", "large"]),
        (OlympicEvent.LATENCY_SPRINT, {"min_accuracy": 0.95}, ["large"]),
        (OlympicEvent.LATENCY_SPRINT, {"min_accuracy": 0.0}, ["wrong", "quick", "small", "plain", "large"]),
        (OlympicEvent.ALL_AROUND, {"min_accuracy": 0.0}, ["wrong", "quick", "plain", "small", "large"]),
        (OlympicEvent.ALL_AROUND, {"min_accuracy": 0.91}, ["plain", "large"]),
        (OlympicEvent.MEMORY_CHALLENGE, {"min_accuracy": 1.0}, []),
    )
    for event, settings, wanted in contests:
        got = [row["model"] for row in rank(rows, event, **settings)]
        assert got == wanted, f"{event} with {settings or 'an accuracy of 0.85'}: {wanted}, got {got}"
    print("rank: passed")


if __name__ == "__main__":
    test_unit_benchmark_suite()
    test_unit_rank()

# %% [markdown]
r"""
## Fixed tasks

If everybody measures on data of their own, no two numbers can be compared. *MLPerf Tiny* (2021) fixes four tasks for the
smallest devices, each with a data set, and an accuracy that a model must reach for its latency to count at all:

| task | inputs there | classes | target |
|---|---|---|---|
| keyword spotting | 49 × 10 features of a second of speech | 12 | 90 % |
| visual wake words | photographs of 96 × 96, with a person or without | 2 | 80 % |
| image classification | CIFAR-10, 32 × 32 | 10 | 85 % |
| anomaly detection | spectra of machines | 2 | 0.85, an area under a curve |

We take over the form, and not the data: ours are **made by code**, points around a centre for each class, with as many
numbers as the name of the task suggests, a few hundred. They are stand-ins. A model that does well here does well on
points around centres, and a report must say that, as ours does.

What we do take over in earnest: the data are fixed by one seed, they are the same for everybody, and nobody may choose
an easier part; a target is met or it is not; the latency of a model that misses it is reported and does not count.

```
 load("keyword_spotting")                     run_standard_benchmark(model, "keyword_spotting")
 x (120, 490), y (120,)       ─▶  accuracy with its interval, median latency, target, passed
 the same for the same seed
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tasks", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
# {task: (numbers in an input, classes, accuracy to reach)}
TASKS = {
    "keyword_spotting": (490, 12, 0.90),
    "visual_wake_words": (576, 2, 0.80),
    "image_classification": (768, 10, 0.85),
    "anomaly_detection": (640, 2, 0.85),
}


def task_data(task, random_seed, examples=120):
    """Make points around a centre for each class of a task: x (examples, numbers) and y (examples,). Given."""
    numbers, classes, _ = TASKS[task]
    random = np.random.default_rng([random_seed, list(TASKS).index(task)])
    centres, answers = random.normal(size=(classes, numbers)), np.arange(examples) % classes
    return Tensor(centres[answers] + 0.5 * random.normal(size=(examples, numbers))), Tensor(answers)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tinymlperf-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class TinyMLPerf:
    """Four tasks with fixed data and targets."""

    def __init__(self, random_seed=42, clock=time.perf_counter):
        """Keep the seed of all data, and the clock. Given."""
        self.random_seed, self.clock = random_seed, clock

    def load(self, task):
        """
        Return the data of a task.

        TODO: return (x, y) as task_data makes them with this benchmark's seed; a ValueError for an unknown task.
        """
        ### BEGIN SOLUTION
        if task not in TASKS:
            raise ValueError(f"{task!r} is none of {list(TASKS)}")
        return task_data(task, self.random_seed)
        ### END SOLUTION

    def run_standard_benchmark(self, model, task, warmup_runs=5, measurement_runs=10):
        """
        Measure a model on a task.

        TODO: return a dict of task, accuracy, ci_lower, ci_upper, latency_ms, target and passed.

        APPROACH:
        1. Make a Benchmark of this one model and the task's data, with these runs and this clock.
        2. accuracy is the mean of the accuracy's result, ci_lower and ci_upper are its interval; latency_ms is the median.
        3. passed says whether the accuracy has reached the target.

        HINT: reached means at least. What has been measured decides, not the ends of the interval.
        """
        ### BEGIN SOLUTION
        benchmark = Benchmark({"model": model}, {task: self.load(task)}, warmup_runs, measurement_runs, self.clock)
        (right,) = benchmark.run_accuracy_benchmark().values()
        (times,) = benchmark.run_latency_benchmark().values()
        target = TASKS[task][2]
        return {
            "task": task,
            "accuracy": right.mean,
            "ci_lower": right.ci_lower,
            "ci_upper": right.ci_upper,
            "latency_ms": times.median,
            "target": target,
            "passed": right.mean >= target,
        }
        ### END SOLUTION

    def run_all_benchmarks(self, models, warmup_runs=5, measurement_runs=10):
        """
        Measure a model for each task.

        TODO: given {task: model}, return {task: what run_standard_benchmark returns}.
        """
        ### BEGIN SOLUTION
        return {
            task: self.run_standard_benchmark(model, task, warmup_runs, measurement_runs) for task, model in models.items()
        }
        ### END SOLUTION

    def compliance(self, results):
        """
        Sum up.

        TODO: given what run_all_benchmarks returns, return a dict of passed and missing (sorted lists of tasks, missing
        being those that failed or have no result), compliant (whether nothing is missing) and data: "synthetic".

        HINT: all of TASKS count, whether there are results or not.
        """
        ### BEGIN SOLUTION
        passed = sorted(task for task in TASKS if task in results and results[task]["passed"])
        missing = sorted(set(TASKS) - set(passed))
        return {"passed": passed, "missing": missing, "compliant": not missing, "data": "synthetic"}
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The data of each task, which the test makes once more from the same seed and from others; a model that compares with the
centres of the classes, one that guesses, and one that hits a target exactly; intervals, latency by the test's clock; and
that a task without a result is missing.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tinymlperf", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
SIZES = {
    "keyword_spotting": (490, 12, 0.9),
    "visual_wake_words": (576, 2, 0.8),
    "image_classification": (768, 10, 0.85),
    "anomaly_detection": (640, 2, 0.85),
}


def made(seed, task):
    """Make a task's data as the lesson says."""
    random, (numbers, classes, _) = np.random.default_rng([seed, list(SIZES).index(task)]), SIZES[task]
    centres, answers = random.normal(size=(classes, numbers)), np.arange(120) % classes
    return centres[answers] + 0.5 * random.normal(size=(120, numbers)), answers


def answering(guesses, now):
    """Return a model that gives these guesses, and moves the clock by 1, 2, 30, 3 and 4 ms in turn."""
    passes = []

    class Answering(Layer):
        def forward(self, x):
            now[0] += (0.001, 0.002, 0.030, 0.003, 0.004)[len(passes) % 5]
            passes.append(x)
            return Tensor(np.eye(12)[guesses])

    return Answering()


def test_unit_tinymlperf_data():
    """TinyMLPerf has the same data for the same seed."""
    for perf, seed in ((TinyMLPerf(), 42), (TinyMLPerf(7), 7)):
        for task, (numbers, _, _) in SIZES.items():
            inputs, answers = made(seed, task)
            for _ in range(2):
                x, y = perf.load(task)
                assert x.shape == (120, numbers), f"{task} has inputs of shape {(120, numbers)}, got {x.shape}"
                close = np.allclose(x.data, inputs, rtol=1e-5, atol=1e-5)
                assert close, f"{task} with seed {seed} begins with {inputs[0, :3]}, got {x.data[0, :3]}"
                assert np.array_equal(y.data, answers), f"{task} has answers {answers[:5]} …, got {y.data[:5]}"
    try:
        TinyMLPerf().load("chess")
    except ValueError:
        pass
    else:
        raise AssertionError("an unknown task must raise ValueError")
    print("TinyMLPerf's data: passed")


def test_unit_tinymlperf():
    """A model passes a task by the accuracy that it reaches, and a suite by all its tasks."""
    now = [0.0]
    perf = TinyMLPerf(clock=lambda: now[0])
    for task, (_, classes, target) in SIZES.items():
        _, answers = made(42, task)
        needed = round(120 * target)
        for right in (120, needed, needed - 1, 0):
            guesses = np.where(np.arange(120) < right, answers, (answers + 1) % classes)
            accuracy = right / 120
            half = 1.98012 * math.sqrt(accuracy * (1 - accuracy) / 119)
            wanted = [accuracy, accuracy - half, accuracy + half, target]
            result = perf.run_standard_benchmark(answering(guesses, now), task, 0, 5)
            got, text = [result[name] for name in ("accuracy", "ci_lower", "ci_upper", "target")], f"{task}, {right} of 120 right"
            assert np.allclose(got, wanted, rtol=0, atol=1e-4), f"{text}: accuracy, interval, target are {wanted}, got {got}"
            assert result["passed"] is (right >= needed), f"{text}: passed is {right >= needed}, got {result['passed']}"
            assert result["task"] == task, f"the result names its task, {task}, got {result['task']}"
            latency = result["latency_ms"]
            assert np.allclose([latency], [3.0], rtol=1e-6, atol=0), f"the median latency is 3 ms, got {latency}"

    models = {task: answering(made(42, task)[1], now) for task in ("visual_wake_words", "anomaly_detection")}
    run = perf.run_all_benchmarks(models, warmup_runs=0, measurement_runs=1)
    assert set(run) == set(models), f"there is a result for each model's task, {sorted(models)}, got {sorted(run)}"
    for task, result in run.items():
        assert result["task"] == task, f"the result of {task} names it, got {result['task']}"
        assert result["accuracy"] == 1.0, f"all of {task} is right, got {result['accuracy']}"
    names = sorted(SIZES)
    cases = (
        (run, ["anomaly_detection", "visual_wake_words"]),
        ({task: {"passed": True} for task in SIZES}, names),
        ({task: {"passed": task != "anomaly_detection"} for task in SIZES}, names[1:]),
        ({}, []),
    )
    for told, passed in cases:
        missing = [task for task in names if task not in passed]
        got = perf.compliance(told)
        wanted = {"passed": passed, "missing": missing, "compliant": passed == names, "data": "synthetic"}
        assert got == wanted, f"with {len(told)} results: {wanted}, got {got}"
    print("TinyMLPerf: passed")


if __name__ == "__main__":
    test_unit_tinymlperf_data()
    test_unit_tinymlperf()

# %% [markdown]
"""
## Putting them together

The last test measures a network against one that does the same with less, and one that does nothing, from the first pass
to the contest: the table, the comparison, the ranks. The clock is the test's, so that everything is known beforehand.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-module", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """Three models go through a suite, are compared with the first, and ranked."""
    test_unit_benchmark_result()
    test_unit_precise_timer()
    test_unit_latency_benchmark()
    test_unit_accuracy_and_memory_benchmark()
    test_unit_comparison()
    test_unit_benchmark_suite()
    test_unit_rank()
    test_unit_tinymlperf_data()
    test_unit_tinymlperf()

    now, random = [0.0], np.random.default_rng(3)
    x = random.normal(size=(40, 4))
    x = np.where(np.abs(x) < 0.1, 0.5, x)
    weight = np.array([[3.0, -3.0], [0, 0], [0, 0], [0, 0]])
    truth = (x[:, 0] < 0).astype(float)

    def timed(inner, cost):
        passes = []

        class Timed(Layer):
            def forward(self, x):
                passes.append(1)
                now[0] += cost + 0.0001 * (len(passes) % 3)
                return inner(x)

            def parameters(self):
                return inner.parameters()

        return Timed()

    wide = Sequential(line(np.eye(4), np.zeros(4)), line(weight, np.zeros(2)))
    models = {
        "wide": timed(wide, 0.004),
        "slim": timed(line(weight, np.zeros(2)), 0.001),
        "void": timed(line(np.zeros((4, 2)), np.array([1.0, 0.0])), 0.0005),
    }
    suite = BenchmarkSuite(models, {"signs": (Tensor(x), Tensor(truth))}, 3, 9, lambda: now[0])
    rows = suite.run_full_benchmark()
    share, unit = float(np.mean(truth == 0)), 1024 * 1024
    wanted = {
        "wide": [4.1, 1.0, 4 * (30 + 40 * 6) / unit],
        "slim": [1.1, 1.0, 4 * (10 + 40 * 6) / unit],
        "void": [0.6, share, 4 * (10 + 40 * 6) / unit],
    }
    assert [row["model"] for row in rows] == list(wanted), f"a row for each of {list(wanted)}, got {rows}"
    for row in rows:
        got = [row["latency_ms"], row["accuracy"], row["peak_memory_mb"]]
        numbers = wanted[row["model"]]
        assert np.allclose(got, numbers, rtol=1e-5, atol=1e-9), f"{row['model']} has {numbers}, got {got}"
    verdicts = {
        "latency": (suite.run_latency_benchmark(), ("lower", "lower")),
        "accuracy": (suite.run_accuracy_benchmark(), ("undecided", "lower")),
        "memory": (suite.run_memory_benchmark(), (None, None)),
    }
    for text, (results, expected) in verdicts.items():
        compared = suite.compare_models(results)
        got = tuple(compared[name, "signs"]["verdict"] for name in ("slim", "void"))
        assert got == expected, f"{text} of slim and void against wide: {expected}, got {got}"
    for event, names in ((OlympicEvent.LATENCY_SPRINT, ["slim", "wide"]), (OlympicEvent.ALL_AROUND, ["slim", "wide"])):
        got = [row["model"] for row in rank(rows, event)]
        assert got == names, f"{event}: void may not take part, {names}, got {got}"
    print("all of module 19: passed")


if __name__ == "__main__":
    test_module()

# %% [markdown]
r"""
## The skeleton

```python
models = {"baseline": model, "quantized": quantized, "pruned": pruned}      # the baseline first
suite = BenchmarkSuite(models, {"digits": (x, y)}, warmup_runs=5, measurement_runs=30)

rows = suite.run_full_benchmark()
print(suite.report())                                                       # what was measured
for pair, told in suite.compare_models(suite.run_latency_benchmark()).items():
    print(pair, told["verdict"], told["ci_lower"], told["ci_upper"])        # what may be said
print(rank(rows, OlympicEvent.LATENCY_SPRINT, min_accuracy=0.9)[0]["model"])
```

## Side by side

| metric | comes from | values | scatter | report |
|---|---|---|---|---|
| latency | a clock | one for each pass | interruptions: long to one side | median, and the interval of the mean |
| accuracy | right and wrong | one for each example | that of drawing examples | mean and interval |
| memory | counting | one | none | the number |
| energy | a meter, which we have not got | none | | nothing |

The last row matters. Energy could be *calculated* from time and memory, with factors that somebody made up; the result
would look like the other rows, have three decimals, and mean nothing.

## Which to choose

| use | for example | because | not where |
|---|---|---|---|
| the median | latencies | one interrupted pass does not move it | the slow passes are the point: then take the 99th percentile |
| the mean with its interval | accuracy, comparisons | it says how sure you are | there are two values: then say so |
| the smallest | a kernel of ten microseconds | undisturbed is what the code can do | a user waits for all passes, not for the best |
| 10 passes | a first look | effects of 10 % show | you look for 1 %: it takes a hundred times as many |
| a fixed suite | to compare with others | the same data and targets for everybody | your task is another one: measure that |

**Three pipelines**

```
 regression test   every commit ─▶ 30 passes of old and new in turns ─▶ "higher"? then stop ─▶ a person looks
 model selection   12 candidates ─▶ suite on held-out data ─▶ rank ─▶ measure the winner again, on other data
 deployment        phone, server, laptop ─▶ the suite on each ─▶ a table with a device in every row
```

## In production

MLPerf's rules fill a book: who may choose batch sizes, what is warm-up, which preprocessing counts, how long a run must
last. Results come with code, and others repeat them. `pyperf` and Google Benchmark take turns between processes, fix the
processor's clock rate, and warn where the scatter is too large for what is claimed. A server's latency is given in
percentiles, since a page that asks twenty services waits for the slowest: if each is slow once in a hundred times, one
page of five (1 − 0.99²⁰ = 18 %) is slow.

And there is the matter of what is compared. Most speed-ups that are too good to be true are of the kind *our new code
against our old code, compiled without optimization*. A baseline deserves as much care as the candidate.

## Pitfalls, and how to see them

- **One run.** *To see it*: run the benchmark twice and compare the program with itself. If that is "lower" or "higher",
  the order of measurement or the machine is to blame.
- **One after the other.** *To see it*: plot the values in the order in which they were measured. A slope is drift.
- **No warm-up.** *To see it*: the first value is the largest, again and again.
- **1.96 for five values.** *To see it*: draw five normal numbers a thousand times, and count how often the interval holds
  the truth. It is 88 %, not 95.
- **s = 0 for one value.** Every difference is then beyond doubt. *To see it*: `count`.
- **The clock within the block.** Loading data, printing and collecting garbage have been timed. *To see it*: time an empty
  block; what it takes is the error of all others.
- **Numbers that nobody measured.** Accuracy by formula, energy by factor, "about twice as fast" by feeling. *To see it*:
  ask of each number for the line of code that measured it.
- **The lucky winner.** The best of many variants is partly the luckiest. *To see it*: measure it again; it will have lost
  some of its lead.

## What it costs

For m models, d data sets, w passes to warm up and r timed ones, on n examples each:

| | passes | looks at the clock | kept |
|---|---|---|---|
| latency | m · d · (w + r) | 2 · m · d · r | m · d · r numbers |
| accuracy | m · d | none | m · d · n numbers |
| memory | m · d, on zeros, which module 14 needs for the shapes | none | m · d numbers |
| statistics of a result of k values | none | none | sorting for the median: about k log k steps |

With 3 models, 2 data sets, 5 and 10 runs, that is 90 passes for latency, 6 for accuracy and 6 for memory. An interval
shrinks with √r: ten times as narrow costs a hundred times the passes, and there is no way around it but a quieter
machine.

## Look ahead

- **20 capstone** puts all of it to use: a baseline, an optimized model, and a submission whose numbers others can check.
- After that, every paper. Look for the number of runs, for intervals, for the baseline. You will find that you can judge
  it, and be surprised how often there is nothing to judge.

## To think about

1. Your new kernel is faster in 10 of 10 comparisons, by half a per cent, and each comparison is "undecided". What would
   you conclude? What if the ten were on ten different machines?
2. A model is evaluated on 1,000 examples that contain every photograph twice. What is wrong with the interval?
3. Latency is bounded below, and interruptions only add to it. Is the interval of the mean, which assumes a symmetric
   scatter, right for ten passes? For a thousand? What would you compute instead?

## Summary

Keep the values; report what they say and how sure they are; take turns; measure everything that you claim. A result has
an interval, a comparison has a verdict, and both may be *unknown*.

When all tests pass, close the module:

```
tito module complete 19
```

Module 20 asks you to defend a number.
"""
