"""`tito gradebook import-roster`: a CSV of students, of any LMS or one's own, into the gradebook."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.gradebook.book import Gradebook
from tito.gradebook.people import Person, enrol
from tito.workflows.course import read_text

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
_NAMES: Final = ("full name", "full_name", "name", "student name")
_EMAILS: Final = ("email", "email address", "e-mail", "mail")
_FIRST: Final = ("first name", "first_name", "given name")
_LAST: Final = ("last name", "last_name", "surname", "family name")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a roster held: how many students, how many of them new, and which column names them."""

    path: str
    students: int
    new: int
    column: str


def import_roster(book: Gradebook, path: Path, column: str = "") -> Imported:
    """Put the students of a CSV on the roster; `column` holds the names under which their submissions are found.

    Raises CourseError for a file without such a column, or with a student twice, at its line.
    """
    if not path.is_file():
        raise UsageError(Problem("there is no such file", "Name a CSV of students.", str(path)))
    rows, heads = read_csv(read_text(path, "Save it as UTF-8.").removeprefix("\ufeff"), str(path))
    chosen = id_column(heads, column, str(path))
    people = [_person(row, heads, chosen) for _, row in rows]
    _refuse(rows, chosen, str(path))
    with book.writing() as connection:
        new = enrol(connection, people)
    return Imported(str(path), len(people), new, chosen)


def read_csv(text: str, path: str) -> tuple[list[tuple[int, Mapping[str, str]]], Sequence[str]]:
    """Return a CSV's rows with their lines, by column, and the columns. Raises CourseError where it is none."""
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
        raise CourseError(Problem(f"this is not CSV: {fault}", "Export it again.", path, reader.line_num)) from None
    return rows, heads


def id_column(heads: Sequence[str], wanted: str, path: str) -> str:
    """Return the column that names students: the one that is `wanted`, or one that looks so."""
    if wanted and wanted not in heads:
        raise UsageError(Problem(f"there is no column {wanted}", f"There are {', '.join(heads)}.", path, 1))
    found = wanted or _first(heads, _IDS)
    if not found:
        fix = f"Name it with --id. There are {', '.join(heads)}."
        raise CourseError(Problem("no column looks like the students' ids", fix, path, 1))
    return found


def _first(heads: Sequence[str], names: Sequence[str]) -> str:
    lowered = {each.casefold(): each for each in reversed(heads)}
    return next((lowered[name] for name in names if name in lowered), "")


def _person(row: Mapping[str, str], heads: Sequence[str], column: str) -> Person:
    first, last = (row.get(_first(heads, names), "") for names in (_FIRST, _LAST))
    full = row.get(_first(heads, _NAMES), "") or f"{first} {last}".strip()
    return Person(row.get(column, ""), full, row.get(_first(heads, _EMAILS), ""), dict(row))


def _refuse(rows: Sequence[tuple[int, Mapping[str, str]]], column: str, path: str) -> None:
    seen: dict[str, int] = {}
    problems = []
    for line, row in rows:
        name = row.get(column, "")
        if not name:
            problems.append(Problem(f"this student has no {column}", "Fill it in, or remove the line.", path, line))
        elif name in seen:
            problems.append(Problem(f"{name} is there twice, first on line {seen[name]}", "Remove one.", path, line))
        seen.setdefault(name, line)
    if not rows:
        problems.append(Problem("this roster is empty", "Export it again.", path))
    if problems:
        raise CourseError(*problems)
