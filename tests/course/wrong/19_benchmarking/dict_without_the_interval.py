"""to_dict forgets the ends of the interval.

score: 80
lost: {test-benchmark-result: failed}
"""


class BenchmarkResult:
    def to_dict(self):
        return {name: value for name, value in vars(self).items() if not name.startswith("ci_")}
