"""Whose each file of a download is, and which of a student's counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from tito.collection import archive
from tito.collection.ids import same, student_id
from tito.collection.lms import Handed
from tito.collection.naming import HOW, Likeness, Naming
from tito.collection.register import Register
from tito.model.escapes import escaped
from tito.model.submission import Left

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


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


def attempts(own: Sequence[Handed], names: Naming, zone: tzinfo) -> tuple[list[Handed], list[Left]]:
    """Return a student's files for the module of these names, the latest last, and those that are not taken.

    The files with the surest name are taken, with a note where that is not the module's own; of files with other
    names, one is where there is no other.
    """
    left = [Left(each.node.path, each.fault) for each in own if each.fault]
    sound = [each for each in own if not each.fault]
    best = min((names.of_file(each.name) for each in sound), default=Likeness.OTHER)
    named = [each for each in sound if names.of_file(each.name) is best]
    different = {each.name for each in named}
    if best is Likeness.OTHER and len(different) > 1:
        why = f"{len(different)} files could be the work: {', '.join(sorted(map(escaped, different)))[:200]}"
        return [], [*left, *(Left(each.node.path, why) for each in sound)]
    left += [Left(each.node.path, f"not named {names.stem}, as another is") for each in sound if each not in named]
    noted = [_noted(each, names, best) for each in named]
    return sorted(noted, key=lambda each: (moment_of(each, zone) or _LONG_AGO, each.again)), left


def moment_of(each: Handed, zone: tzinfo) -> datetime | None:
    """Return when a file was handed in; a time without a zone is of `zone`."""
    if each.at is None:
        return None
    return each.at if each.at.tzinfo else each.at.replace(tzinfo=zone)


def _noted(each: Handed, names: Naming, likeness: Likeness) -> Handed:
    if likeness is Likeness.EXACT or archive.suffix(each.name):
        return each
    note = f"`{escaped(each.name)}` was taken for {names.stem}: {HOW[likeness]}"
    return replace(each, notes=(*each.notes, note))


def _student(each: Handed, register: Register | None) -> tuple[str, str]:
    if not each.keys:
        return "", each.fault or "its name is not one that this download gives"
    name, why = register.find(each.keys, each.squeezed) if register else (each.plain, "")
    if why:
        return "", f"{why}: {escaped(each.plain)}"
    return student_id(name)
