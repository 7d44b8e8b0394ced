"""The upper end of the interval must reach the target.

score: 90
lost: {test-tinymlperf: failed}
"""


class TinyMLPerf:
    def run_standard_benchmark(self, model, task, warmup_runs=5, measurement_runs=10):
        benchmark = Benchmark({"model": model}, {task: self.load(task)}, warmup_runs, measurement_runs, self.clock)
        (right,) = benchmark.run_accuracy_benchmark().values()
        (times,) = benchmark.run_latency_benchmark().values()
        return {
            "task": task,
            "accuracy": right.mean,
            "ci_lower": right.ci_lower,
            "ci_upper": right.ci_upper,
            "latency_ms": times.median,
            "target": TASKS[task][2],
            "passed": right.ci_upper >= TASKS[task][2],
        }
