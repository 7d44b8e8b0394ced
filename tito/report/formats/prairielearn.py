"""PrairieLearn's results.json for external graders: a share of 1, and a test a criterion.

A file that cannot be read is a format error and uses up no attempt.
Source: https://prairielearn.readthedocs.io/en/latest/externalGrading.
"""

from decimal import Decimal
from typing import Any, Final

from tito.report.formats.explain import beside, explain, reason
from tito.report.formats.jsons import json_document
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result
from tito.report.words import BESIDE

# PrairieLearn takes 1 MB for all.
_MOST: Final = 900_000


def write(result: Result, _options: Options) -> str:
    """Return the one grade of a result. Raises UsageError for several, BrokenError for a broken one."""
    row = result.only("prairielearn")
    if row.refusal:
        return json_document({"gradable": False, "format_errors": [row.refusal]})
    share = (row.percent or Decimal(0)) / 100
    content = {
        "gradable": True,
        "score": float(min(max(share, Decimal(0)), Decimal(1))),
        "message": "\n".join(beside(row)),
        "tests": [_test(each) for each in row.parts],
    }
    text = json_document(content)
    return (
        text if len(text) <= _MOST else json_document({**content, "tests": [_test(each, 400) for each in row.parts]})
    )


def _test(part: Part, most: int = 20_000) -> dict[str, Any]:
    test: dict[str, Any] = {"name": part.title, "description": part.description}
    if part.earned is None:
        # A maximum of 0 shows neither pass nor fail; one test without points would hide the points of all.
        return {**test, "points": 0, "max_points": 0, "message": reason(part)}
    test |= {"points": float(part.earned), "max_points": float(part.points)}
    if part.passed:
        return {**test, "message": BESIDE} if part.beside else test
    return {**test, "message": reason(part)[:most], "output": explain(part)[:most]}
