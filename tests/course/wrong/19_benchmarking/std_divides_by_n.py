"""The standard deviation divides by n.

score: 80
lost: {test-benchmark-result: failed}
"""


class BenchmarkResult:
    def __init__(self, metric_name, values, metadata=None):
        self.metric_name, self.metadata = metric_name, dict(metadata or {})
        self.values = [float(value) for value in values]
        self.count = len(self.values)
        if self.count == 0:
            raise ValueError("no values")
        self.mean, self.median = float(np.mean(self.values)), float(np.median(self.values))
        self.min_val, self.max_val = min(self.values), max(self.values)
        self.std = self.ci_lower = self.ci_upper = None
        if self.count > 1:
            self.std = float(np.std(self.values))
            half = student(self.count - 1) * self.std / math.sqrt(self.count)
            self.ci_lower, self.ci_upper = self.mean - half, self.mean + half
