"""Locked tests of 19_benchmarking, full edition. Made by `tito lock`; a change by hand is refused."""

import math
import numpy as np
from tinytorch.core.tensor import Tensor
# For the tests alone, so these are not exported.
import json
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
import pytest
from tinytorch.bench import (
    Benchmark,
    BenchmarkResult,
    BenchmarkSuite,
    OlympicEvent,
    TinyMLPerf,
    compare_results,
    places,
    precise_timer,
    rank,
)


# %% test-benchmark-result
@pytest.mark.criterion("test-benchmark-result", points=20)
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


# %% test-precise-timer
@pytest.mark.criterion("test-precise-timer", points=5)
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


# %% test-benchmark
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


@pytest.mark.criterion("test-benchmark", points=25)
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


@pytest.mark.criterion("test-benchmark", points=25)
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


# %% test-comparison
@pytest.mark.criterion("test-comparison", points=15)
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


# %% test-benchmark-suite
@pytest.mark.criterion("test-benchmark-suite", points=15)
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


@pytest.mark.criterion("test-benchmark-suite", points=15)
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


# %% test-tinymlperf
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


@pytest.mark.criterion("test-tinymlperf", points=10)
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


@pytest.mark.criterion("test-tinymlperf", points=10)
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


# %% test-module
@pytest.mark.criterion("test-module", points=10)
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
