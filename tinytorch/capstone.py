"""capstone: made by `tito export` from 20_capstone/capstone_dev.py; edit that file."""

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

__all__ = [
    "BenchmarkReport",
    "ENTRIES",
    "FORMAT",
    "MB",
    "SimpleMLP",
    "check_part",
    "check_submission",
    "count_numbers",
    "described",
    "generate_submission",
    "improvements",
    "is_number",
    "load_submission",
    "save_submission",
    "to_json",
]


# A megabyte in powers of two, as in lesson 14.
MB = 1024 * 1024
# The name of the format, with a number that grows when the format changes.
FORMAT = "tinytorch-capstone/1"
# What a report's metrics hold.
ENTRIES = ("parameter_count", "model_size_mb", "accuracy", "latency_ms_mean", "latency_ms_std", "throughput")


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
        super().__init__(Linear(input_size, hidden_size), ReLU(), Linear(hidden_size, output_size))
        self.input_size, self.hidden_size, self.output_size = input_size, hidden_size, output_size


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
    total = 0
    for layer in flat_layers(model):
        if isinstance(layer, QuantizedLinear):
            total += layer.q_weight.size + (0 if layer.bias is None else layer.bias.size)
        else:
            total += count_parameters(layer)
    return total


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


def improvements(baseline, optimized):
    """
    Compare the metrics of two models.

    TODO: return a dict of speedup, compression_ratio and accuracy_delta, given two dicts of metrics.

    EXAMPLE:
    >>> slow = {"latency_ms_mean": 4.0, "model_size_mb": 0.001, "accuracy": 0.9375}
    >>> improvements(slow, {"latency_ms_mean": 2.5, "model_size_mb": 0.00025, "accuracy": 0.921875})
    {'speedup': 1.6, 'compression_ratio': 4.0, 'accuracy_delta': -0.015625}
    """
    return {
        "speedup": baseline["latency_ms_mean"] / optimized["latency_ms_mean"],
        "compression_ratio": baseline["model_size_mb"] / optimized["model_size_mb"],
        "accuracy_delta": optimized["accuracy"] - baseline["accuracy"],
    }


def described(report):
    """
    Turn one BenchmarkReport into a part of a submission.

    TODO: return a dict of model_name and metrics, a copy. A report without metrics is a ValueError.
    """
    if report.metrics is None:
        raise ValueError(f"{report.model_name} was never measured: call benchmark_model first")
    return {"model_name": report.model_name, "metrics": dict(report.metrics)}


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
    return json.dumps(submission, indent=2, sort_keys=True, allow_nan=False)


def save_submission(submission, path):
    """
    Write a submission to a file.

    TODO: check it first; faults are a ValueError, and no file is written. Then write its JSON, in UTF-8, and return the
    path as text.

    HINT: Path(path).write_text(text, "utf-8").
    """
    if problems := check_submission(submission):
        raise ValueError("; ".join(problems))
    Path(path).write_text(to_json(submission), "utf-8")
    return str(path)


def load_submission(path):
    """Read a submission from a file. Given, so that what save_submission writes can be looked at."""
    return json.loads(Path(path).read_text("utf-8"))
