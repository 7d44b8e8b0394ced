"""Latencies are in seconds.

score: 50
lost: {test-benchmark: failed, test-benchmark-suite: failed, test-module: failed}
"""


class Benchmark:
    def run_latency_benchmark(self):
        times = {pair: [] for pair in self.pairs()}
        for model, dataset in times:
            for _ in range(self.warmup_runs):
                evaluated(self.models[model], self.datasets[dataset][0])
        for _ in range(self.measurement_runs):
            for (model, dataset), values in times.items():
                start = self.clock()
                evaluated(self.models[model], self.datasets[dataset][0])
                values.append(self.clock() - start)
        return self.results("latency_ms", times)
