"""What is not there is None.

score: 85
lost: {test-submission-generation: failed}
"""


def generate_submission(baseline, optimized=None, student_name=None, techniques_applied=None):
    if optimized is None and techniques_applied:
        raise ValueError("techniques")
    return {
        "format": FORMAT,
        "student_name": student_name or "anonymous",
        "system": {"python": ".".join(map(str, sys.version_info[:2])), "numpy": np.__version__},
        "baseline": described(baseline),
        "optimized": None if optimized is None else described(optimized),
        "techniques_applied": list(techniques_applied or []),
        "improvements": None if optimized is None else improvements(baseline.metrics, optimized.metrics),
    }
