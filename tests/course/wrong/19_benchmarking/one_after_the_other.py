"""All passes of one model are timed before the next one's.

score: 75
lost: {test-benchmark: failed}
"""


class Benchmark:
    def run_latency_benchmark(self):
        times = {}
        for model, dataset in self.pairs():
            network, x = self.models[model], self.datasets[dataset][0]
            for _ in range(self.warmup_runs):
                evaluated(network, x)
            times[model, dataset] = []
            for _ in range(self.measurement_runs):
                start = self.clock()
                evaluated(network, x)
                times[model, dataset].append(1000 * (self.clock() - start))
        return self.results("latency_ms", times)
