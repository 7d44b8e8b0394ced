"""Classroom 50's result.json, whose points are whole numbers. Source: its schemas/result-v1.schema.json.

`point_scale` is how many of its points one of ours is. A part of a point is rounded down, so that none is made up.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

from tito.errors import Problem, UsageError
from tito.model.points import worth
from tito.report.formats.explain import brief
from tito.report.formats.jsons import json_document
from tito.report.formats.options import Options
from tito.report.formats.scale import is_whole, whole_scale
from tito.report.formats.view import Part, Result, Row

# What the result must repeat, and the variable in which the runner gives it.
_GIVEN: Final = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "assignment_type": "ASSIGNMENT_TYPE",
    "owner": "OWNER",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def write(result: Result, options: Options) -> str:
    """Return the one grade of a result for Classroom 50.

    Raises UsageError for several grades, for points that are not whole at this scale and where the runner's
    variables are missing, and BrokenError for a broken grade.
    """
    row = result.only("classroom50")
    missing = [name for name in _GIVEN.values() if name not in options.environment]
    if missing:
        fix = "It is for Classroom 50's runner, which sets them."
        raise UsageError(Problem(f"format classroom50 needs the variables {', '.join(missing)}", fix))
    _whole_at(row, options.point_scale)
    tests = [_test(each, row, options.point_scale) for each in row.parts if each.earned is not None]
    content = {
        "schema": "classroom50/result/v1",
        **{key: options.environment[name] for key, name in _GIVEN.items()},
        "datetime": _time(result.graded_at),
        "score": _score(row, tests, options.point_scale),
        "max-score": int(row.possible * options.point_scale),
        "tests": [*tests, *_beside(row)],
    }
    return json_document(content)


def _whole_at(row: Row, scale: int) -> None:
    worth = [row.possible, *(each.points for each in row.parts)]
    if not all(is_whole(each * scale) for each in worth):
        what = f"Classroom 50 takes whole points, and these are not at a scale of {scale}"
        raise UsageError(Problem(what, f"Use --point-scale {whole_scale(worth)}."))


def _test(part: Part, row: Row, scale: int) -> dict[str, Any]:
    test = {
        "test-name": part.title,
        "passed": part.passed,
        "score": _floor((part.earned or Decimal(0)) * scale),
        "max-score": int(part.points * scale),
    }
    message = brief(part, row.refusal)
    return {**test, "message": message} if message else test


def _beside(row: Row) -> Iterator[dict[str, Any]]:
    """Yield a test without points for each line beside the criteria, for the score has no reason of its own."""
    for each in row.adjustments:
        told = f"{worth(each.points)}: {each.reason}"
        yield {"test-name": each.kind, "passed": each.points >= 0, "score": 0, "max-score": 0, "message": told}


def _score(row: Row, tests: list[dict[str, Any]], scale: int) -> int:
    if not row.adjustments:
        earned: int = sum(each["score"] for each in tests)
        return min(earned, int(row.possible * scale))
    return min(_floor((row.final or Decimal(0)) * scale), int(row.possible * scale))


def _floor(value: Decimal) -> int:
    return max(int(value.to_integral_value(ROUND_FLOOR)), 0)


def _time(time: str) -> str:
    if not time:
        raise UsageError(Problem("this result does not say when it was graded", "Grade it again with this tito."))
    return datetime.fromisoformat(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
