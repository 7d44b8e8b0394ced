"""Degrees of freedom are n + m - 2, as if both scattered alike.

score: 85
lost: {test-comparison: failed}
"""


def compare_results(first, second):
    difference = second.mean - first.mean
    if first.std is None or second.std is None:
        return {"difference": difference, "ci_lower": None, "ci_upper": None, "verdict": None}
    half = student(first.count + second.count - 2) * math.sqrt(
        first.std**2 / first.count + second.std**2 / second.count
    )
    lower, upper = difference - half, difference + half
    verdict = "lower" if upper < 0 else "higher" if lower > 0 else "undecided"
    return {"difference": difference, "ci_lower": lower, "ci_upper": upper, "verdict": verdict}
