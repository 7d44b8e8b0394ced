"""The memory is that of the parameters alone.

score: 50
lost: {test-benchmark: failed, test-benchmark-suite: failed, test-module: failed}
"""


class Benchmark:
    def run_memory_benchmark(self):
        return self.results(
            "peak_memory_mb",
            {
                pair: [measure_memory(self.models[pair[0]], self.datasets[pair[1]][0].shape)["parameter_memory_mb"]]
                for pair in self.pairs()
            },
        )
