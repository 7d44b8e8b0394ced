"""A student without a name is None.

score: 85
lost: {test-submission-generation: failed}
"""


def generate_submission(baseline, optimized=None, student_name=None, techniques_applied=None):
    if optimized is None and techniques_applied:
        raise ValueError("techniques")
    submission = {
        "format": FORMAT,
        "student_name": student_name,
        "system": {"python": ".".join(map(str, sys.version_info[:2])), "numpy": np.__version__},
        "baseline": described(baseline),
    }
    if optimized is not None:
        submission["optimized"] = described(optimized)
        submission["techniques_applied"] = list(techniques_applied or [])
        submission["improvements"] = improvements(baseline.metrics, optimized.metrics)
    return submission
