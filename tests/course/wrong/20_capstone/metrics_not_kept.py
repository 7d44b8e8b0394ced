"""The metrics are returned, and forgotten.

score: 65
lost: {test-benchmark-report: error, module-integration: error}
"""


class BenchmarkReport:
    def benchmark_model(self, model, X, y, num_runs=100):
        measured = Benchmark({self.model_name: model}, {"data": (X, y)}, measurement_runs=num_runs, clock=self.clock)
        (latency,) = measured.run_latency_benchmark().values()
        (accuracy,) = measured.run_accuracy_benchmark().values()
        return {
            "parameter_count": count_numbers(model),
            "model_size_mb": model_bytes(model) / MB,
            "accuracy": accuracy.mean,
            "latency_ms_mean": latency.mean,
            "latency_ms_std": latency.std,
            "throughput": X.shape[0] / (latency.mean / 1000),
        }
