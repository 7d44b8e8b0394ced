"""Tasks that have no result are not missing.

score: 90
lost: {test-tinymlperf: failed}
"""


class TinyMLPerf:
    def compliance(self, results):
        passed = sorted(task for task in results if results[task]["passed"])
        missing = sorted(set(results) - set(passed))
        return {"passed": passed, "missing": missing, "compliant": not missing, "data": "synthetic"}
