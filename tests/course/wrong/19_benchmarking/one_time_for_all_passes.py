"""The passes are timed together, and each value is their mean.

score: 60
lost: {test-benchmark: failed, test-benchmark-suite: failed}
"""


class Benchmark:
    def run_latency_benchmark(self):
        times = {}
        for model, dataset in self.pairs():
            network, x = self.models[model], self.datasets[dataset][0]
            for _ in range(self.warmup_runs):
                evaluated(network, x)
            start = self.clock()
            for _ in range(self.measurement_runs):
                evaluated(network, x)
            mean = 1000 * (self.clock() - start) / self.measurement_runs
            times[model, dataset] = [mean] * self.measurement_runs
        return self.results("latency_ms", times)
