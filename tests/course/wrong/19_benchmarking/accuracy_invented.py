"""The accuracy is made of the model's place in the list.

score: 50
lost: {test-benchmark: failed, test-benchmark-suite: failed, test-module: failed}
"""


class Benchmark:
    def run_accuracy_benchmark(self):
        names = list(self.models)
        return self.results(
            "accuracy", {pair: [min(1.0, 0.85 + 0.05 * names.index(pair[0]))] for pair in self.pairs()}
        )
