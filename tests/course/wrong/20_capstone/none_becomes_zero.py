"""A scatter that is not known is handed in as 0.

score: 90
lost: {test-with-optimization: failed}
"""


def described(report):
    if report.metrics is None:
        raise ValueError("never measured")
    return {"model_name": report.model_name, "metrics": {name: value or 0.0 for name, value in report.metrics.items()}}
