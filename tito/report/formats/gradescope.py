"""Gradescope's results.json: a test a criterion. Source: gradescope-autograders.readthedocs.io/en/latest/specs.

Hidden criteria appear after publication, for a test of visibility `hidden` would hide the total as well. A criterion
that a person grades is a row without a score. The score of all is left to Gradescope's sum unless something beside
the criteria, such as a late penalty, changes it.
"""

from decimal import Decimal
from typing import Any

from tito.report.formats.explain import beside, explain
from tito.report.formats.jsons import json_document
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row


def write(result: Result, _options: Options) -> str:
    """Return the one grade of a result. Raises UsageError for several, BrokenError for a broken one."""
    row = result.only("gradescope")
    content: dict[str, Any] = {
        "execution_time": float(row.seconds),
        "output": "\n".join([row.refusal, *beside(row)]).strip(),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "tests": [_test(place, each, row) for place, each in enumerate(row.parts, 1)],
        "extra_data": {"tool": result.tool, "module": result.module, "sandbox": row.level},
    }
    if row.final is not None and row.final != _sum(row):
        content["score"] = float(max(row.final, Decimal(0)))
    return json_document(content)


def failed(why: str) -> str:
    """Return what Gradescope is to show where there is no grade: the reason, and no score at all."""
    said = f"This is no fault of yours: the autograder failed. Tell your instructor.\n{why}"
    return json_document({"output": said, "output_format": "text", "tests": []})


def _sum(row: Row) -> Decimal:
    return sum((each.earned for each in row.parts if each.earned is not None), Decimal(0))


def _test(place: int, part: Part, row: Row) -> dict[str, Any]:
    test: dict[str, Any] = {
        "number": str(place),
        "name": part.title,
        "output": "" if row.refusal else explain(part),
        "extra_data": {"id": part.id, "status": part.status},
    }
    if part.earned is not None:
        test |= {"score": float(part.earned), "max_score": float(part.points)}
        test["status"] = "passed" if part.passed else "failed"
    if part.hidden:
        test["visibility"] = "after_published"
    return test
