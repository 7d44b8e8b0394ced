"""Models are called as while they are trained.

score: 75
lost: {test-benchmark: failed}
"""


class Benchmark:
    def run_accuracy_benchmark(self):
        right = {}
        for model, dataset in self.pairs():
            x, y = self.datasets[dataset]
            outputs = self.models[model](x).data
            guess = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
            right[model, dataset] = guess == y.data.ravel()
        return self.results("accuracy", right)
