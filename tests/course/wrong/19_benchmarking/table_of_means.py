"""The table shows the mean latency.

score: 85
lost: {test-benchmark-suite: failed}
"""


class BenchmarkSuite:
    def run_full_benchmark(self):
        times, right, peaks = self.run_latency_benchmark(), self.run_accuracy_benchmark(), self.run_memory_benchmark()
        self.rows = [
            {
                "model": pair[0],
                "dataset": pair[1],
                "latency_ms": times[pair].mean,
                "accuracy": right[pair].mean,
                "peak_memory_mb": peaks[pair].mean,
            }
            for pair in self.pairs()
        ]
        return self.rows
