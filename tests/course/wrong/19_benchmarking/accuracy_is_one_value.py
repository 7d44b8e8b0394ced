"""The accuracy is a single value, so that it has no interval.

score: 65
lost: {test-benchmark: failed, test-module: failed}
"""


class Benchmark:
    def run_accuracy_benchmark(self):
        right = {}
        for model, dataset in self.pairs():
            x, y = self.datasets[dataset]
            outputs = evaluated(self.models[model], x).data
            guess = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
            right[model, dataset] = [np.mean(guess == y.data.ravel())]
        return self.results("accuracy", right)
