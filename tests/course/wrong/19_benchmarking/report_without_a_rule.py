"""The table has no rule below its heading.

score: 85
lost: {test-benchmark-suite: failed}
"""


class BenchmarkSuite:
    def report(self):
        lines = [("model", "dataset", *METRICS)]
        lines += [(row["model"], row["dataset"], *(f"{row[name]:.3f}" for name in METRICS)) for row in self.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
