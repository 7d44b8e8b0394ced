"""The passes that warm up are among the values.

score: 75
lost: {test-benchmark: failed}
"""


class Benchmark:
    def run_latency_benchmark(self):
        times = {pair: [] for pair in self.pairs()}
        for _ in range(self.warmup_runs + self.measurement_runs):
            for (model, dataset), values in times.items():
                start = self.clock()
                evaluated(self.models[model], self.datasets[dataset][0])
                values.append(1000 * (self.clock() - start))
        return self.results("latency_ms", times)
