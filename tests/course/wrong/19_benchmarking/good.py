"""Parts that do without each other, so that a mistake is charged to its own criterion."""


def compare_results(first, second):
    x, y = np.array(first.values), np.array(second.values)
    difference = float(y.mean() - x.mean())
    if min(len(x), len(y)) < 2:
        return {"difference": difference, "ci_lower": None, "ci_upper": None, "verdict": None}
    a, b = float(x.var(ddof=1) / len(x)), float(y.var(ddof=1) / len(y))
    half = 0.0
    if a + b > 0:
        half = student((a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))) * math.sqrt(a + b)
    ends = difference - half, difference + half
    verdict = "lower" if ends[1] < 0 else "higher" if ends[0] > 0 else "undecided"
    return {"difference": difference, "ci_lower": ends[0], "ci_upper": ends[1], "verdict": verdict}


class Benchmark:
    def run_latency_benchmark(self):
        times = {pair: [] for pair in self.pairs()}
        for _ in range(self.warmup_runs):
            for model, dataset in times:
                evaluated(self.models[model], self.datasets[dataset][0])
        for _ in range(self.measurement_runs):
            for (model, dataset), values in times.items():
                network, x = self.models[model], self.datasets[dataset][0]
                start = self.clock()
                evaluated(network, x)
                values.append((self.clock() - start) * 1000)
        return self.results("latency_ms", times)


class BenchmarkSuite:
    def run_full_benchmark(self):
        times, right, peaks = self.run_latency_benchmark(), self.run_accuracy_benchmark(), self.run_memory_benchmark()
        self.rows = []
        for pair in self.pairs():
            row = {"model": pair[0], "dataset": pair[1], "latency_ms": float(np.median(times[pair].values))}
            row["accuracy"] = float(np.mean(right[pair].values))
            self.rows.append({**row, "peak_memory_mb": peaks[pair].values[0]})
        return self.rows


class TinyMLPerf:
    def run_standard_benchmark(self, model, task, warmup_runs=5, measurement_runs=10):
        x, y = self.load(task)
        times = []
        for run in range(warmup_runs + measurement_runs):
            start = self.clock()
            outputs = evaluated(model, x).data
            if run >= warmup_runs:
                times.append((self.clock() - start) * 1000)
        right = (outputs.argmax(axis=1) == y.data.ravel()).astype(float)
        accuracy, half = float(right.mean()), student(len(right) - 1) * float(right.std(ddof=1)) / math.sqrt(len(right))
        return {
            "task": task,
            "accuracy": accuracy,
            "ci_lower": accuracy - half,
            "ci_upper": accuracy + half,
            "latency_ms": float(np.median(times)),
            "target": TASKS[task][2],
            "passed": accuracy >= TASKS[task][2],
        }
