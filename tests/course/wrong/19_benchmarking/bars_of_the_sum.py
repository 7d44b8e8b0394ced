"""Bars are shares of the sum, not of the largest.

score: 85
lost: {test-benchmark-suite: failed}
"""


class BenchmarkSuite:
    def plot_results(self, metric, width=40):
        if metric not in METRICS:
            raise ValueError(metric)
        total = sum(row[metric] for row in self.rows) or 1
        return "\n".join(
            f"{row['model']:>10} / {row['dataset']:<10}  {'#' * round(width * row[metric] / total)}  {row[metric]:.3f}"
            for row in self.rows
        )
