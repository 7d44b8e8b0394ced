"""bench: made by `tito export` from 19_benchmarking/benchmarking_dev.py; edit that file."""

import enum
import math
import time

import numpy as np

from tinytorch.core.tensor import Tensor
from tinytorch.perf.profiling import evaluated, measure_memory

__all__ = [
    "Benchmark",
    "BenchmarkResult",
    "BenchmarkSuite",
    "METRICS",
    "OlympicEvent",
    "STUDENT",
    "TASKS",
    "TinyMLPerf",
    "compare_results",
    "places",
    "precise_timer",
    "rank",
    "student",
    "task_data",
]


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

    def to_dict(self):
        """
        Hand everything on, in a form that JSON knows.

        TODO: return a dict with all that __init__ sets, under the same names.

        EXAMPLE:
        >>> BenchmarkResult("accuracy", [1]).to_dict()["std"] is None
        True

        HINT: vars(self) is the dict of an object's own attributes. Return a copy: whoever changes it must not change those.
        """
        return dict(vars(self))


class precise_timer:
    """A stop-watch for a with block: `elapsed` is how many seconds it took."""

    def __init__(self, clock=time.perf_counter):
        """Keep the clock, a function that gives seconds. Given."""
        self.clock = clock
        self.elapsed = None

    def __enter__(self):
        """TODO: look at the clock, and return the timer."""
        self.start = self.clock()
        return self

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
        self.elapsed = self.clock() - self.start


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
        right = {}
        for model, dataset in self.pairs():
            x, y = self.datasets[dataset]
            outputs = evaluated(self.models[model], x).data
            guess = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
            right[model, dataset] = guess == y.data.ravel()
        return self.results("accuracy", right)

    def run_memory_benchmark(self):
        """
        Count what a pass holds in memory at most.

        TODO: return {(model, data set): BenchmarkResult} of "peak_memory_mb", with one value each.

        HINT: measure_memory(model, x.shape)["peak_memory_mb"].
        """
        shapes = {name: x.shape for name, (x, _) in self.datasets.items()}
        peaks = {
            (model, dataset): [measure_memory(self.models[model], shapes[dataset])["peak_memory_mb"]]
            for model, dataset in self.pairs()
        }
        return self.results("peak_memory_mb", peaks)

    def compare_models(self, results):
        """
        Compare all models with the first one.

        TODO: given what one of the three methods has returned, return {(model, data set): comparison} for every model
        but the first, compared with the first on the same data set.

        HINT: next(iter(self.models)) is the first model's name. compare_results(first, other).
        """
        baseline = next(iter(self.models))
        return {
            (model, dataset): compare_results(results[baseline, dataset], results[model, dataset])
            for model, dataset in self.pairs()
            if model != baseline
        }


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

    def report(self):
        """
        Write the rows as a Markdown table.

        TODO: return the text of the picture above: a heading, a rule, a line for each row; numbers with three decimals.

        HINT: f"{number:.3f}" rounds. " | ".join(cells) and a bar at either end make a line; "\\n".join(lines) the table.
        """
        lines = [("model", "dataset", *METRICS)]
        lines += [(row["model"], row["dataset"], *(f"{row[name]:.3f}" for name in METRICS)) for row in self.rows]
        table = [f"| {' | '.join(cells)} |" for cells in lines]
        return "\n".join([table[0], "|---|---|---|---|---|", *table[1:]])

    def plot_results(self, metric, width=40):
        """
        Draw bars of one metric.

        TODO: return a line for each row: "model / dataset", a bar of "#", the number with three decimals.

        APPROACH:
        1. Refuse a metric that is not among METRICS with a ValueError.
        2. The largest number has a bar of `width` characters, others in proportion, rounded.
        3. Where all numbers are 0, all bars are empty.
        """
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


def places(numbers):
    """
    Tell who comes first, second and so on, the smallest number first.

    TODO: return a list with each number's place, from 1; equal numbers share the better place.

    EXAMPLE:
    >>> places([0.5, 0.2, 0.5, 0.9])
    [2, 1, 2, 4]

    HINT: a number's place is one more than the count of smaller numbers.
    """
    return [1 + sum(other < number for other in numbers) for number in numbers]


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
    if event is OlympicEvent.ACCURACY_CONTEST:
        return sorted(rows, key=lambda row: -row["accuracy"])
    able = [row for row in rows if row["accuracy"] >= min_accuracy]
    if event is not OlympicEvent.ALL_AROUND:
        return sorted(able, key=lambda row: row[event.value])
    quick, small = (places([row[name] for row in able]) for name in ("latency_ms", "peak_memory_mb"))
    right = places([-row["accuracy"] for row in able])
    return [able[i] for i in sorted(range(len(able)), key=lambda i: quick[i] + small[i] + right[i])]


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
        if task not in TASKS:
            raise ValueError(f"{task!r} is none of {list(TASKS)}")
        return task_data(task, self.random_seed)

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

    def run_all_benchmarks(self, models, warmup_runs=5, measurement_runs=10):
        """
        Measure a model for each task.

        TODO: given {task: model}, return {task: what run_standard_benchmark returns}.
        """
        return {
            task: self.run_standard_benchmark(model, task, warmup_runs, measurement_runs) for task, model in models.items()
        }

    def compliance(self, results):
        """
        Sum up.

        TODO: given what run_all_benchmarks returns, return a dict of passed and missing (sorted lists of tasks, missing
        being those that failed or have no result), compliant (whether nothing is missing) and data: "synthetic".

        HINT: all of TASKS count, whether there are results or not.
        """
        passed = sorted(task for task in TASKS if task in results and results[task]["passed"])
        missing = sorted(set(TASKS) - set(passed))
        return {"passed": passed, "missing": missing, "compliant": not missing, "data": "synthetic"}
