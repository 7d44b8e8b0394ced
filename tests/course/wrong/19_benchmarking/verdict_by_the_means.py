"""The verdict goes by the means, whatever the scatter.

score: 85
lost: {test-comparison: failed}
"""


def compare_results(first, second):
    difference = second.mean - first.mean
    if first.std is None or second.std is None:
        return {"difference": difference, "ci_lower": None, "ci_upper": None, "verdict": None}
    a, b = first.std**2 / first.count, second.std**2 / second.count
    half = 0.0
    if a + b > 0:
        degrees = (a + b) ** 2 / (a**2 / (first.count - 1) + b**2 / (second.count - 1))
        half = student(degrees) * math.sqrt(a + b)
    lower, upper = difference - half, difference + half
    verdict = "lower" if difference < 0 else "higher" if difference > 0 else "undecided"
    return {"difference": difference, "ci_lower": lower, "ci_upper": upper, "verdict": verdict}
