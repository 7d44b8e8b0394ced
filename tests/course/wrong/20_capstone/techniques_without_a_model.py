"""Techniques are accepted where there is no optimized model.

score: 85
lost: {test-submission-generation: failed}
"""


def generate_submission(baseline, optimized=None, student_name=None, techniques_applied=None):
    submission = {
        "format": FORMAT,
        "student_name": student_name or "anonymous",
        "system": {"python": ".".join(map(str, sys.version_info[:2])), "numpy": np.__version__},
        "baseline": described(baseline),
    }
    if optimized is not None:
        submission["optimized"] = described(optimized)
        submission["techniques_applied"] = list(techniques_applied or [])
        submission["improvements"] = improvements(baseline.metrics, optimized.metrics)
    return submission
