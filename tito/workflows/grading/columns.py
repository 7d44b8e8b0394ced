"""Other systems' CSV files: their rows with the lines that they stand on, and the column that names students."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.records import dataclass
from tito.report.lms.sheet import decoded

_IDS: Final = (
    "id",
    "student",
    "username",
    "user name",
    "student id",
    "student_id",
    "login",
    "login id",
    "sis login id",
    "sis user id",
    "id number",
    "sid",
    "netid",
    "email",
    "email address",
    "identifier",
)
_CANVAS_IDS: Final = ("sis login id", "sis user id", "id", "integration id", "student")
_NOBODY: Final = frozenset({"Points Possible", "Student, Test", "Test Student"})
# Where each system's own file says when work was handed in: Moodle's grading worksheet, Gradescope's export of
# grades, Canvas's quiz and submission reports, Blackboard's column statistics, and `tito collect`'s table.
_TIMES: Final = (
    "last modified (submission)",
    "submission time",
    "submitted",
    "submitted at",
    "submitted_at",
    "submission date",
    "date submitted",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: the number of its line, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def is_canvas(heads: Sequence[str]) -> bool:
    """Say whether a file is an export of Canvas's gradebook, in which "Student" is a name and "ID" a number."""
    return {"Student", "ID", "Section"} <= set(heads)


def of_people(rows: Sequence[Line], heads: Sequence[str]) -> list[Line]:
    """Return the rows that are people's: not Canvas's points possible, settings and test student."""
    if not is_canvas(heads):
        return list(rows)
    return [row for row in rows if row.cells.get("ID") and row.cells.get("Student") not in _NOBODY]


def read_csv(path: Path) -> tuple[list[Line], Sequence[str]]:
    """Return a CSV's rows and its columns. Raises CourseError where it is none."""
    text = decoded(_content(path), str(path))
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        heads = [each.strip() for each in next(reader, [])]
        rows = [
            Line(reader.line_num, dict(zip(heads, (each.strip() for each in row), strict=False)))
            for row in reader
            if any(each.strip() for each in row)
        ]
    except csv.Error as fault:
        raise CourseError(
            Problem(f"this is not CSV: {fault}", "Export it again.", str(path), reader.line_num)
        ) from None
    return rows, heads


def id_column(heads: Sequence[str], wanted: str, path: str) -> str:
    """Return the column that names students: the one that is `wanted`, or one that looks so."""
    if wanted:
        return _column(heads, wanted, path)
    return id_columns(heads, path)[0]


def id_columns(heads: Sequence[str], path: str) -> tuple[str, ...]:
    """Return the columns that look like students' ids, the likeliest first. Raises CourseError where none does."""
    lowered = {each.casefold(): each for each in reversed(heads)}
    names = _CANVAS_IDS if is_canvas(heads) else _IDS
    found = tuple(lowered[name] for name in names if name in lowered)
    if not found:
        fix = f"Name it with --id. There are {', '.join(heads)}."
        raise CourseError(Problem("no column looks like the students' ids", fix, path, 1))
    return found


def time_column(heads: Sequence[str], wanted: str, path: str) -> str:
    """Return the column of times: the one that is `wanted`, or the one that an LMS's own file has."""
    if wanted:
        return _column(heads, wanted, path)
    found = first_of(heads, _TIMES)
    if not found:
        fix = f"Name it as {path}:COLUMN. There are {', '.join(heads)}."
        raise UsageError(Problem("no column is known to say when work was handed in", fix, path, 1))
    return found


def first_of(heads: Sequence[str], names: Sequence[str]) -> str:
    """Return the first of the lowercase `names` that is a column, as the file spells it, or ""."""
    lowered = {each.casefold(): each for each in reversed(heads)}
    return next((lowered[name] for name in names if name in lowered), "")


def _column(heads: Sequence[str], wanted: str, path: str) -> str:
    if wanted not in heads:
        raise UsageError(Problem(f"there is no column {wanted}", f"There are {', '.join(heads)}.", path, 1))
    return wanted


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CourseError(Problem(f"cannot be read: {fault.strerror}", "Export it again.", str(path))) from None
