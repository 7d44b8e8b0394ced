"""A roster as an index: which student a name, number or address of a download is, if it is exactly one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from tito.collection.ids import same
from tito.records import dataclass

# Columns in which a student is named, in the rosters and gradebooks of the systems that we know.
_COLUMNS: Final = frozenset(
    {
        *("id", "student", "student id", "student_id", "username", "user name", "login", "login id", "sis login id"),
        *("sis user id", "integration id", "id number", "identifier", "sid", "netid", "github", "github username"),
        *("email", "email address", "e-mail", "mail", "name", "full name", "full_name", "student name"),
    }
)
_FIRST: Final = frozenset({"first name", "first_name", "given name"})
_LAST: Final = frozenset({"last name", "last_name", "surname", "family name"})
_LETTERS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Register:
    """Who may hand in: each student's id, by every name that the roster has for him."""

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    squeezed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    students: tuple[str, ...] = ()

    def find(self, keys: Iterable[str], squeezed: str = "") -> tuple[str, str]:
        """Return (the one student that the first telling key names, "") or ("", why there is none).

        `squeezed` is a full name of which only letters and digits are left.
        """
        wanted = [(self.known, same(key), key) for key in keys]
        wanted += [(self.squeezed, _squeezed(squeezed), squeezed)] if squeezed else []
        for index, text, shown in wanted:
            found = index.get(text, frozenset())
            if len(found) == 1:
                return next(iter(found)), ""
            if found:
                return "", f"{len(found)} students of the roster are named {shown}"
        return "", "not on the roster"


def register(rows: Sequence[Mapping[str, str]], column: str) -> Register:
    """Return the index of a roster's rows; `column` holds the students' ids, a row without one is nobody's."""
    known: dict[str, set[str]] = {}
    squeezed: dict[str, set[str]] = {}
    students = [row[column] for row in rows if row.get(column)]
    for row in rows:
        student = row.get(column, "")
        for name in _names(row, column) if student else ():
            known.setdefault(same(name), set()).add(student)
            squeezed.setdefault(_squeezed(name), set()).add(student)
    return Register(_frozen(known), _frozen(squeezed), tuple(students))


def _names(row: Mapping[str, str], column: str) -> Iterator[str]:
    lowered = {head.casefold(): value.strip() for head, value in row.items() if value.strip()}
    yield row[column]
    yield from (value for head, value in lowered.items() if head in _COLUMNS)
    first = next((lowered[head] for head in _FIRST if head in lowered), "")
    last = next((lowered[head] for head in _LAST if head in lowered), "")
    if first and last:
        yield f"{first} {last}"
        yield f"{last}, {first}"
    for head in ("student", "name", "full name", "student name"):
        surname, comma, given = lowered.get(head, "").partition(", ")
        if comma:
            yield f"{given} {surname}"


def _squeezed(name: str) -> str:
    """Return a name's letters and digits alone, as Canvas writes them in file names."""
    return _LETTERS.sub("", same(name)) or "\0"


def _frozen(index: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(students) for name, students in index.items()}
