"""CTRF, the common test report format: a test a criterion, with points as labels. Source: https://ctrf.io."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from tito.report.formats.explain import beside, explain, reason
from tito.report.formats.jsons import json_document
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row
from tito.report.words import BESIDE

_STATUSES: Final = {"passed": "passed", "blocked": "skipped", "pending": "pending", "broken": "other"}
_WORDS: Final = ("passed", "failed", "skipped", "pending", "other")


def write(result: Result, _options: Options) -> str:
    """Return the class as CTRF."""
    tests = [_test(result, row, part) for row in result.rows for part in row.parts]
    counts = Counter(each["status"] for each in tests)
    stop = _milliseconds(result.graded_at)
    took = int(sum((row.seconds for row in result.rows), Decimal(0)) * 1000)
    summary = {"tests": len(tests), **{word: counts[word] for word in _WORDS}, "start": max(stop - took, 0)}
    name, _, version = result.tool.partition(" ")
    content = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "generatedBy": result.tool,
        "results": {
            "tool": {"name": name, "version": version},
            "summary": {**summary, "stop": stop, "suites": len(result.rows)},
            "tests": tests,
            "extra": {"students": [_student(row) for row in result.rows]},
        },
    }
    if result.graded_at:
        content["timestamp"] = result.graded_at
    return json_document(content)


def _test(result: Result, row: Row, part: Part) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": part.title,
        "status": "failed" if row.refusal else _STATUSES.get(part.status, "failed"),
        "duration": int(part.seconds * 1000),
        "suite": [each for each in (result.module, row.student) if each],
        "rawStatus": part.status,
        "labels": {"question": part.id, "student": row.student, **_points(part)},
    }
    if part.beside:
        test |= {"message": BESIDE, "labels": {**test["labels"], "beside": True}}
    if not part.passed:
        test |= {"message": row.refusal or reason(part), "trace": row.refusal or explain(part)}
    printed = [line for each in part.tests for line in each.output.splitlines()]
    if printed:
        test["stdout"] = printed
    frames = [frame for each in part.tests for frame in each.frames]
    if frames:
        test |= {"filePath": frames[-1].path, "line": frames[-1].line}
    return test


def _student(row: Row) -> dict[str, Any]:
    """Return a grade as a whole, for which CTRF has no place: its points, and what stands beside the criteria."""
    told = {"student": row.student, "possible": float(row.possible), "beside": beside(row)}
    return told if row.final is None else {**told, "points": float(row.final)}


def _points(part: Part) -> dict[str, float]:
    earned = {} if part.earned is None else {"points": float(part.earned)}
    return {**earned, "max_points": float(part.points)}


def _milliseconds(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp() * 1000) if time else 0
