"""Each model is compared with the one before it.

score: 85
lost: {test-comparison: failed}
"""


class Benchmark:
    def compare_models(self, results):
        names = list(self.models)
        return {
            (name, dataset): compare_results(results[before, dataset], results[name, dataset])
            for before, name in zip(names, names[1:])
            for dataset in self.datasets
        }
