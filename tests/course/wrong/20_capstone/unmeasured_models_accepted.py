"""A model that was never measured has empty metrics.

score: 75
lost: {test-submission-generation: failed, test-with-optimization: error}
"""


def described(report):
    return {"model_name": report.model_name, "metrics": dict(report.metrics or {})}
