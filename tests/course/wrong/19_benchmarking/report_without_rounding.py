"""Numbers are written as they are.

score: 85
lost: {test-benchmark-suite: failed}
"""


class BenchmarkSuite:
    def report(self):
        lines = [("model", "dataset", *METRICS)]
        lines += [(row["model"], row["dataset"], *(str(row[name]) for name in METRICS)) for row in self.rows]
        table = [f"| {' | '.join(cells)} |" for cells in lines]
        return "\n".join([table[0], "|---|---|---|---|---|", *table[1:]])
