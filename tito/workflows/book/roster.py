"""`tito gradebook import-roster`: a CSV of students, of any LMS or one's own, into the gradebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.gradebook.book import Gradebook
from tito.gradebook.people import Person, enrol, roster
from tito.workflows.grading.columns import Line, first_of, id_column, read_csv

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
    rows, heads = read_csv(path)
    chosen = id_column(heads, column, str(path))
    people = [_person(row.cells, heads, chosen) for row in rows]
    _refuse(rows, chosen, str(path))
    with book.writing() as connection:
        new = enrol(connection, people)
    return Imported(str(path), len(people), new, chosen)


def full_names(book: Gradebook) -> Mapping[str, str]:
    """Return the full names of the students on the roster, by the ids that submissions are found under."""
    with book.reading() as connection:
        return {each.name: each.full_name for each in roster(connection) if each.full_name}


def _person(row: Mapping[str, str], heads: Sequence[str], column: str) -> Person:
    first, last = (row.get(first_of(heads, names), "") for names in (_FIRST, _LAST))
    full = row.get(first_of(heads, _NAMES), "") or f"{first} {last}".strip()
    return Person(row.get(column, ""), full, row.get(first_of(heads, _EMAILS), ""), dict(row))


def _refuse(rows: Sequence[Line], column: str, path: str) -> None:
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        name, line = row.cells.get(column, ""), row.number
        if not name:
            problems.append(Problem(f"this student has no {column}", "Fill it in, or remove the line.", path, line))
        elif name in seen:
            problems.append(Problem(f"{name} is there twice, first on line {seen[name]}", "Remove one.", path, line))
        seen.setdefault(name, line)
    if not rows:
        problems.append(Problem("this roster is empty", "Export it again.", path))
    if problems:
        raise CourseError(*problems)
