"""The first model is among those that are compared.

score: 85
lost: {test-comparison: failed}
"""


class Benchmark:
    def compare_models(self, results):
        first = next(iter(self.models))
        return {pair: compare_results(results[first, pair[1]], results[pair]) for pair in self.pairs()}
