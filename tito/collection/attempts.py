"""Whose each file of a download is, and which of a student's counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from tito.collection.ids import same, student_id
from tito.collection.layout import without_ending
from tito.collection.lms import Handed
from tito.collection.register import Register
from tito.model.escapes import escaped

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not placed, and why."""

    source: str
    why: str


def by_students(files: Iterable[Handed], register: Register | None) -> tuple[Mapping[str, list[Handed]], list[Left]]:
    """Return the files by student, and those that are nobody's. Ids that differ in case alone are one student's."""
    found: dict[str, list[Handed]] = {}
    names: dict[str, str] = {}
    left = []
    for each in files:
        student, why = _student(each, register)
        if why:
            left.append(Left(each.node.path, why))
            continue
        student = names.setdefault(same(student), student)
        found.setdefault(student, []).append(each)
    return found, left


def attempts(own: Sequence[Handed], stem: str, zone: tzinfo) -> tuple[list[Handed], list[Left]]:
    """Return a student's files for the module named `stem`, the latest last, and those that are not taken.

    Of files with other names, one is taken where there is no other.
    """
    left = [Left(each.node.path, each.fault) for each in own if each.fault]
    sound = [each for each in own if not each.fault]
    named = [each for each in sound if without_ending(each.name) == stem]
    names = {each.name for each in sound}
    if not named and len(names) > 1:
        why = f"{len(names)} files could be the work: {', '.join(sorted(map(escaped, names)))[:200]}"
        return [], [*left, *(Left(each.node.path, why) for each in sound)]
    if named:
        left += [Left(each.node.path, f"not named {stem}, as another is") for each in sound if each not in named]
    return sorted(named or sound, key=lambda each: (moment_of(each, zone) or _LONG_AGO, each.again)), left


def moment_of(each: Handed, zone: tzinfo) -> datetime | None:
    """Return when a file was handed in; a time without a zone is of `zone`."""
    if each.at is None:
        return None
    return each.at if each.at.tzinfo else each.at.replace(tzinfo=zone)


def _student(each: Handed, register: Register | None) -> tuple[str, str]:
    if not each.keys:
        return "", each.fault or "its name is not one that this download gives"
    name, why = register.find(each.keys, each.squeezed) if register else (each.plain, "")
    if why:
        return "", f"{why}: {escaped(each.plain)}"
    return student_id(name)
