"""The rows are returned and not kept.

score: 85
lost: {test-benchmark-suite: error}
"""


class BenchmarkSuite:
    def run_full_benchmark(self):
        times, right, peaks = self.run_latency_benchmark(), self.run_accuracy_benchmark(), self.run_memory_benchmark()
        return [
            {
                "model": pair[0],
                "dataset": pair[1],
                "latency_ms": times[pair].median,
                "accuracy": right[pair].mean,
                "peak_memory_mb": peaks[pair].mean,
            }
            for pair in self.pairs()
        ]
