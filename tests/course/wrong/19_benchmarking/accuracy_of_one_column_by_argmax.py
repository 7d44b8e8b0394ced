"""A single column is sent through argmax.

score: 75
lost: {test-benchmark: failed}
"""


class Benchmark:
    def run_accuracy_benchmark(self):
        right = {}
        for model, dataset in self.pairs():
            x, y = self.datasets[dataset]
            outputs = evaluated(self.models[model], x).data
            right[model, dataset] = outputs.argmax(axis=1) == y.data.ravel()
        return self.results("accuracy", right)
