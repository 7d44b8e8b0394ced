"""`tito gradebook import-roster`: a CSV of students, of any LMS or one's own, into the gradebook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from tito.collection.ids import same, student_id
from tito.errors import CourseError, Problem, UsageError
from tito.gradebook.book import Gradebook
from tito.gradebook.people import Person, enrol, leave, merge, rename, roster
from tito.gradebook.people import students as everyone
from tito.model.escapes import escaped
from tito.model.submission import Fates
from tito.records import dataclass
from tito.workflows.grading.columns import Line, first_of, id_column, is_canvas, of_people, read_csv

_NAMES: Final = ("full name", "full_name", "name", "student name")
_EMAILS: Final = ("email", "email address", "e-mail", "mail")
_FIRST: Final = ("first name", "first_name", "given name")
_ADDRESS: Final = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_LAST: Final = ("last name", "last_name", "surname", "family name")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a roster held: how many students, how many of them new, and which column names them.

    `gone` are on the gradebook's roster and not in the file, where they stay until they are removed; of the `changed`
    it knew another name or address.
    """

    path: str
    students: int
    new: int
    column: str
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def import_roster(book: Gradebook, path: Path, column: str = "", called: str = "") -> Imported:
    """Put the students of a CSV on the roster; `column` holds the names under which their submissions are found.

    `called` is the column of their full names, where it has a head that is not known. Raises CourseError for a file
    without such a column, or with a student twice, at its line.
    """
    if not path.is_file():
        raise UsageError(Problem("there is no such file", "Name a CSV of students.", str(path)))
    rows, heads = read_csv(path)
    chosen = id_column(heads, column, str(path))
    rows = of_people(rows, heads)
    columns = _columns(rows, heads, chosen, id_column(heads, called, str(path)) if called else "")
    people = [_person(row.cells, heads, columns) for row in rows]
    _refuse(rows, chosen, str(path))
    with book.writing() as connection:
        before = {each.name: each for each in roster(connection)}
        new = enrol(connection, people)
    gone = sorted(before.keys() - {escaped(each.name) for each in people})
    changed = sorted(each.name for each in people if _differs(before.get(escaped(each.name)), each))
    return Imported(str(path), len(people), new, chosen, tuple(gone), tuple(changed))


def show(book: Gradebook) -> Sequence[Person]:
    """Return the students on the roster."""
    with book.reading() as connection:
        return roster(connection)


def known_students(book: Gradebook) -> tuple[str, ...]:
    """Return the ids of all students whom a gradebook knows."""
    with book.reading() as connection:
        return tuple(each.name for each in everyone(connection))


def remove(
    book: Gradebook, students: Sequence[str], missing: Path | None = None, column: str = ""
) -> tuple[str, ...]:
    """Take students off the roster, and return them: their grades stay in the gradebook.

    With `missing`, all those that this file does not have. Raises UsageError for who is not on the roster.
    """
    kept = {escaped(each.cells.get(key, "")) for each, key in _named(missing, column)} if missing else set()
    with book.writing() as connection:
        there = {each.name for each in roster(connection)}
        strangers = [each for each in students if escaped(each) not in there]
        if strangers:
            what = f"{', '.join(strangers)} {'is' if len(strangers) == 1 else 'are'} not on the roster"
            raise UsageError(Problem(what, "`tito roster show` lists it."))
        gone = sorted({escaped(each) for each in students} | (there - kept if missing else set()))
        leave(connection, gone)
    return tuple(gone)


def rename_student(book: Gradebook, old: str, new: str) -> None:
    """Give a student another id, with all grades and decisions. Raises UsageError where that one is taken."""
    name, fault = student_id(new)
    if fault:
        raise UsageError(Problem(f"{new}: {fault}", "Use letters, digits and the like."))
    with book.writing() as connection:
        rename(connection, old, name)


def merge_students(book: Gradebook, old: str, into: str) -> None:
    """Make one student of two, with all grades and decisions. Raises UsageError as `merge` does."""
    with book.writing() as connection:
        merge(connection, old, into)


def _named(path: Path, column: str) -> list[tuple[Line, str]]:
    if not path.is_file():
        raise UsageError(Problem("there is no such file", "Name a CSV of students.", str(path)))
    rows, heads = read_csv(path)
    chosen = id_column(heads, column, str(path))
    return [(row, chosen) for row in of_people(rows, heads)]


def _differs(before: Person | None, after: Person) -> bool:
    return before is not None and (before.full_name, before.email) != (after.full_name, after.email)


def full_names(book: Gradebook) -> Mapping[str, str]:
    """Return the full names of the students on the roster, by the ids that submissions are found under."""
    with book.reading() as connection:
        return {each.name: each.full_name for each in roster(connection) if each.full_name}


def with_missing(book: Gradebook, fates: Fates, there: Sequence[str], among: frozenset[str] | None = None) -> Fates:
    """Return fates with all students of the roster, or of those `among` it, who are not `there`."""
    rows = {same(escaped(each)) for each in there}
    with book.reading() as connection:
        enrolled = {each.name for each in roster(connection)}
    names = (enrolled if among is None else among) | set(fates.nothing)
    return replace(fates, nothing=tuple(sorted(each for each in names if same(each) not in rows)))


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of ids, full names and addresses; "" for what a file has none of."""

    student: str
    name: str
    email: str


def _columns(rows: Sequence[Line], heads: Sequence[str], student: str, called: str) -> _Columns:
    """Return what stands where; addresses are known by what they are where a head is in another language."""
    texts = {head: [text for row in rows if (text := row.cells.get(head, ""))] for head in heads}
    addresses = (head for head, found in texts.items() if found and all(map(_ADDRESS.fullmatch, found)))
    return _Columns(student, called or first_of(heads, _NAMES), first_of(heads, _EMAILS) or next(addresses, ""))


def _person(row: Mapping[str, str], heads: Sequence[str], columns: _Columns) -> Person:
    first, last = (row.get(first_of(heads, names), "") for names in (_FIRST, _LAST))
    full = row.get(columns.name, "") or f"{first} {last}".strip()
    if is_canvas(heads) and not full:
        last, comma, first = row.get("Student", "").partition(", ")
        full = f"{first} {last}" if comma else last
    return Person(row.get(columns.student, ""), full, row.get(columns.email, ""), dict(row))


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
