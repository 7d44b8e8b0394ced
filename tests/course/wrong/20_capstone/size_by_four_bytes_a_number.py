"""Four bytes for each number, also for those that take one.

score: 65
lost: {test-benchmark-report: failed, module-integration: failed}
"""


class BenchmarkReport:
    def benchmark_model(self, model, X, y, num_runs=100):
        measured = Benchmark({self.model_name: model}, {"data": (X, y)}, measurement_runs=num_runs, clock=self.clock)
        (latency,) = measured.run_latency_benchmark().values()
        (accuracy,) = measured.run_accuracy_benchmark().values()
        self.metrics = {
            "parameter_count": count_numbers(model),
            "model_size_mb": 4 * count_numbers(model) / MB,
            "accuracy": accuracy.mean,
            "latency_ms_mean": latency.mean,
            "latency_ms_std": latency.std,
            "throughput": X.shape[0] / (latency.mean / 1000),
        }
        return self.metrics
