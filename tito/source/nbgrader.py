"""nbgrader's cell metadata ⇄ Grading: the short form is read, schema 3 is written."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tito.model.document import Grading, Kind, Role
from tito.source.percent_marker import UNREAD

SCHEMA: Final = 3
_GRADE_ID: Final = re.compile(r"[a-zA-Z0-9_\-]+")
_ODD: Final = re.compile(r"[^a-zA-Z0-9_\-]+")
_LONGEST_ID: Final = 200
_SHOWN: Final = 80
_LONGEST_NUMBER: Final = 40
_MOST_POINTS: Final = 1_000_000
_FINEST: Final = -20
_FLAGS: Final = ("grade", "solution", "locked", "task")
GRADED: Final = frozenset({Role.TEST, Role.MANUAL, Role.TASK})


def read(metadata: Mapping[str, Any], kind: Kind) -> tuple[Grading | None, tuple[str, ...]]:
    """Return what a cell's metadata says of grading, and what is wrong with it, sentence by sentence.

    `schema_version`, `locked` and `points` may be left out: a test is locked, and worth nothing.
    """
    entry = metadata.get("nbgrader")
    unread = str(metadata.get(UNREAD, ""))
    if "nbgrader" in unread:
        return None, (f"its metadata cannot be read: `{_cut(unread)}`",)
    if entry is None or entry == {}:
        return None, ()
    if not isinstance(entry, Mapping):
        return None, ("its nbgrader metadata is not a mapping",)
    problems = tuple(_problems(entry, kind))
    if problems:
        return None, problems
    role = _role(entry)
    points = Decimal(str(entry.get("points", 0))) if role in GRADED else None
    locked = bool(entry.get("locked", role in {Role.TEST, Role.TASK}))
    return Grading(str(entry["grade_id"]), role, points, locked), ()


def plain_id(text: str) -> str:
    """Return a grade_id of nbgrader's, which takes any text, as one of letters, digits, - and _; "" of none such."""
    return _ODD.sub("-", text.strip())[:_LONGEST_ID].strip("-")


def with_plain_id(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a cell's metadata with its grade_id as `plain_id` has it."""
    entry = metadata.get("nbgrader")
    found = entry.get("grade_id") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(found, str) or _GRADE_ID.fullmatch(found):
        return metadata
    return {**metadata, "nbgrader": {**entry, "grade_id": plain_id(found)}}


def named(metadata: Mapping[str, Any]) -> str:
    """Return what to call a cell in a message, whatever its metadata holds."""
    entry = metadata.get("nbgrader")
    name = entry.get("grade_id", "") if isinstance(entry, Mapping) else ""
    return _cut(str(name)) or "(without a grade_id)"


def complete(grading: Grading, kind: Kind, entry: object = None) -> dict[str, Any]:
    """Return schema-3 metadata for a cell; what `entry` holds besides is kept."""
    kept = dict(entry) if isinstance(entry, Mapping) else {}
    kept.pop("points", None)
    written = {
        **kept,
        "cell_type": str(kind),
        "grade": grading.role in {Role.TEST, Role.MANUAL},
        "grade_id": grading.grade_id,
        "locked": grading.locked,
        "schema_version": SCHEMA,
        "solution": grading.role in {Role.SOLUTION, Role.MANUAL},
        "task": grading.role is Role.TASK,
    }
    if grading.points is not None:
        points = grading.points
        written["points"] = int(points) if points == points.to_integral_value() else float(points)
    return dict(sorted(written.items()))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _role(entry: Mapping[str, Any]) -> Role:
    if entry.get("task"):
        return Role.TASK
    if entry.get("grade"):
        return Role.MANUAL if entry.get("solution") else Role.TEST
    if entry.get("solution"):
        return Role.SOLUTION
    return Role.READ_ONLY if entry.get("locked") else Role.ORDINARY


def _problems(entry: Mapping[str, Any], kind: Kind) -> Iterator[str]:
    grade_id = entry.get("grade_id")
    if not isinstance(grade_id, str) or not _GRADE_ID.fullmatch(grade_id):
        yield f"its grade_id {_cut(repr(grade_id))} is not made of letters, digits, - and _"
    elif len(grade_id) > _LONGEST_ID:
        yield f"its grade_id {_cut(repr(grade_id))} is longer than {_LONGEST_ID} signs"
    for flag in _FLAGS:
        if not isinstance(entry.get(flag, False), bool):
            yield f"its {flag} is {_cut(repr(entry[flag]))}, not true or false"
    if "points" in entry and not _is_points(entry["points"]):
        yield f"its points are {_cut(repr(entry['points']))}, not a number from 0 up to {_MOST_POINTS:,}"
    if _role(entry) is Role.TEST and kind is not Kind.CODE:
        yield "it is graded by tests, but it is no code cell"


def _is_points(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    # A number of many digits is neither written out nor read.
    text = str(value) if not isinstance(value, int) or abs(value) <= _MOST_POINTS else ""
    try:
        points = Decimal(text if len(text) <= _LONGEST_NUMBER else "")
    except InvalidOperation:
        return False
    exponent = points.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _FINEST and 0 <= points <= _MOST_POINTS
