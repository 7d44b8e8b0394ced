"""Other systems' CSV files: their rows with the lines that they stand on, and the column that names students."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.workflows.course.opening import read_text

_IDS: Final = (
    "id",
    "student",
    "student id",
    "student_id",
    "username",
    "login",
    "sis login id",
    "sis user id",
    "email",
)


def read_csv(path: Path) -> tuple[list[tuple[int, Mapping[str, str]]], Sequence[str]]:
    """Return a CSV's rows with their lines, by column, and the columns. Raises CourseError where it is none."""
    text = read_text(path, "Save it as UTF-8.").removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        heads = [each.strip() for each in next(reader, [])]
        rows: list[tuple[int, Mapping[str, str]]] = [
            (reader.line_num, dict(zip(heads, (each.strip() for each in row), strict=False)))
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
    if wanted and wanted not in heads:
        raise UsageError(Problem(f"there is no column {wanted}", f"There are {', '.join(heads)}.", path, 1))
    found = wanted or first_of(heads, _IDS)
    if not found:
        fix = f"Name it with --id. There are {', '.join(heads)}."
        raise CourseError(Problem("no column looks like the students' ids", fix, path, 1))
    return found


def first_of(heads: Sequence[str], names: Sequence[str]) -> str:
    """Return the first of the lowercase `names` that is a column, as the file spells it, or ""."""
    lowered = {each.casefold(): each for each in reversed(heads)}
    return next((lowered[name] for name in names if name in lowered), "")
