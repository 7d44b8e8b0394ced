"""tito's own JSON: all that is known of a grade. Every other format is made of it (`tito.report.formats`).

`schemas/result.schema.json` says what it holds; `tito schema result` prints it.

Points are JSON numbers: whole ones as integers, others exact, to a thousandth. A key that is there stays there within
one `schema_version`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from importlib import metadata
from typing import Any, Final

from tito.model.grade import CriterionGrade, Grade, Mark, Override
from tito.model.grader import LockedCriterion
from tito.model.outcome import Difference, Failure, Outcome
from tito.model.points import rounded
from tito.model.rubric import Rubric
from tito.report.text import json_text
from tito.scoring import Statistics

VERSION: Final = 2


def class_json(
    rubric: Rubric,
    grades: Sequence[Grade],
    statistics: Statistics,
    graded_at: str = "",
    names: Mapping[str, str] | None = None,
) -> str:
    """Return a graded class as one JSON document, ASCII only; `graded_at` is a time of ISO 8601 with its zone.

    `names` are students' names that a roster knows, by id.
    """
    known = names or {}
    data = {
        "module": rubric.module,
        "title": rubric.title,
        "points": _number(rubric.points),
        "graded_at": graded_at,
        "grades": ({**_grade(each), "name": known.get(each.student, "")} for each in grades),
        "statistics": {
            "counted": statistics.counted,
            "refused": statistics.refused,
            "broken": statistics.broken,
            "incomplete": statistics.incomplete,
            "mean": _number(rounded(statistics.mean, 2)),
            "median": _number(rounded(statistics.median, 2)),
            "bins": list(statistics.bins),
            "criteria": [
                {"id": each.id, "passed": each.passed, "share": round(float(each.share), 4)}
                for each in statistics.criteria
            ],
        },
    }
    return document("grade", data, ok=not statistics.broken)


def check_json(grade: Grade, hidden: Sequence[LockedCriterion]) -> str:
    """Return one student's check as one JSON document, ASCII only."""
    data = {
        **_grade(grade),
        "hidden": [{"id": each.grade_id, "points": _number(each.points)} for each in hidden],
    }
    return document("check", data, ok=grade.earned == grade.graded)


def grades_json(command: str, grades: Sequence[Grade]) -> str:
    """Return grades of any modules as one JSON document, ASCII only."""
    return document(command, [_grade(each) for each in grades], ok=not any(each.broken for each in grades))


def document(command: str, data: Any, *, ok: bool) -> str:
    """Return a command's result as the one JSON document that every command prints, ASCII only."""
    tool = f"tito {metadata.version('tito-autograder')}"
    content = {"schema_version": VERSION, "tool": tool, "command": command, "ok": ok, "data": data}
    return json_text(_laid_out(content)) + "\n"


def _laid_out(content: Any, indent: str = "") -> str:
    """Return JSON with an object's keys, and the objects of a list, on a line each: Python indents more slowly.

    Objects of an iterator are taken one by one, for a class of them all would fill the memory.
    """
    inner = f"{indent}  "
    match content:
        case {} if content:
            rows = [f"{inner}{_to_json(str(key))}: {_laid_out(each, inner)}" for key, each in content.items()]
            return "\n".join(("{", ",\n".join(rows), f"{indent}}}"))
        case [{}, *_] | Iterator():
            rows = [f"{inner}{_to_json(each)}" for each in content]
            return "\n".join(("[", ",\n".join(rows), f"{indent}]")) if rows else "[]"
    return _to_json(content)


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "student": grade.student,
        "module": grade.module,
        "path": grade.path,
        "earned": _number(grade.earned),
        "possible": _number(grade.possible),
        "percent": _number(rounded(grade.percent, 2)),
        "broken": grade.broken,
        "refusal": grade.refusal,
        "level": grade.level,
        "seconds": round(grade.seconds, 4),
        "notes": list(grade.notes),
        "criteria": [_criterion(each) for each in grade.criteria],
        "graded": _number(grade.graded),
        "complete": grade.complete,
        "adjustments": [
            {
                "kind": each.kind.value,
                "reason": each.reason,
                "points": _number(each.points),
                "criterion": each.criterion,
            }
            for each in grade.adjustments
        ],
        "final": _number(grade.final),
        "final_percent": _number(rounded(grade.final_percent, 2)),
        "submitted": _moment(grade.submitted),
        "late_seconds": int(grade.late.total_seconds()),
        "reference": None if grade.reference is None else _number(grade.reference),
        "excused": grade.excused,
        "comments": [{"text": each.text, "author": each.author, "at": _moment(each.at)} for each in grade.comments],
    }


def _criterion(each: CriterionGrade) -> dict[str, Any]:
    return {
        "id": each.criterion.id,
        "title": each.criterion.title,
        "status": each.status.value,
        "earned": _number(each.earned),
        "points": _number(each.criterion.points),
        "description": each.criterion.tests,
        "hint": each.criterion.hint,
        "tests": [_outcome(outcome) for outcome in each.outcomes],
        "kind": each.criterion.kind.value,
        "extra": each.criterion.extra,
        "dropped": each.criterion.dropped,
        "pending": each.pending,
        "mark": _mark(each.mark) if each.mark else None,
        "override": _override(each.override) if each.override else None,
        "comment": each.comment,
        "mistake": each.mistake,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"level": mark.level, "points": _number(mark.points), "author": mark.author, "at": _moment(mark.at)}


def _override(override: Override) -> dict[str, Any]:
    return {
        "earned": _number(override.earned),
        "earned_before": _number(override.earned_before),
        "author": override.author,
        "reason": override.reason,
        "at": _moment(override.at),
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "test": outcome.test,
        "status": outcome.status.value,
        "seconds": round(outcome.seconds, 4),
        "passes": outcome.passes,
        "checks": outcome.checks,
        "beside": outcome.beside,
        "hidden": outcome.hidden,
        "output": outcome.output,
        "value": outcome.value,
        "seed": outcome.seed,
        "failure": _failure(outcome.failure) if outcome.failure else None,
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "message": failure.message,
        "detail": failure.detail,
        "assertion": failure.assertion,
        "calls": list(failure.calls),
        "frames": [
            {"path": each.path, "line": each.line, "function": each.function, "code": each.code}
            for each in failure.frames
        ],
        "difference": _difference(failure.difference) if failure.difference else None,
        "call": failure.call,
        "repeat": failure.repeat,
        "advice": failure.advice,
    }


def _difference(found: Difference) -> dict[str, Any]:
    return {"expected": found.expected, "got": found.got, "where": found.where, "names": list(found.names)}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return _number(value)
        case datetime():
            return _moment(value)
    return str(value)


# Made once: `json.dumps` would make a new one for every submission.
_to_json: Final = json.JSONEncoder(default=_plain).encode


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(rounded(value))
