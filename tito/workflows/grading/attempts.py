"""Which attempts are graded and which counts, and what members of a group share."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tito.collection.choosing import Found
from tito.collection.disk import at
from tito.collection.ids import same
from tito.collection.tree import Kind, suffix
from tito.errors import UnreadableError
from tito.model.course import ATTEMPTS
from tito.model.grade import Grade
from tito.model.lazily import Lazily
from tito.workflows.grading.times import When

EARLIER: Final = ".earlier"
LATEST, BEST, FIRST = ATTEMPTS
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def with_attempts(
    found: Sequence[Found], folders: Sequence[Path], module: str, counts: str, only: str = ""
) -> list[Found]:
    """Return what is graded where the first or the best attempt counts: the first, or all that `collect` kept.

    `module` is the folder of the lesson; where that has several sources, `only` is the one's name that is graded.
    """
    if counts == LATEST:
        return list(found)
    graded: list[Found] = []
    for each in found:
        before = [one for folder in folders for one in _earlier(folder, each.student, module, only)]
        tries = [*sorted(before, key=lambda one: (one.at or LONG_AGO, one.path)), each]
        graded += [_first(tries)] if counts == FIRST else tries
    return graded


def with_groups(found: Sequence[Found], groups: Mapping[str, str], when: When, counts: str = LATEST) -> list[Found]:
    """Return what is graded where groups hand in once: the hand-in that counts, in a row of every member.

    `groups` names the group of a student. Several hand-ins of one group are named in all of its rows.
    """
    group_of = {same(student): group for student, group in groups.items()}
    rows = [each for each in found if same(each.student) not in group_of]
    for group in dict.fromkeys(groups.values()):
        theirs = [each for each in found if group_of.get(same(each.student)) == group]
        own = {same(each.student): each.student for each in theirs}
        members = [own.get(same(student), student) for student, name in groups.items() if name == group]
        rows += _shared(group, members, theirs, when, counts) if theirs else []
    return sorted(rows, key=lambda each: (each.student.casefold(), each.student, each.path))


class Picked(Lazily[Any]):
    """Those of a sequence at some places, each read when it is asked for."""

    def __init__(self, whole: Sequence[Any], places: Sequence[int]) -> None:
        self._whole = whole
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def one(self, place: int) -> Any:
        """Return the item at a place."""
        return self._whole[self._places[place]]


def best(grades: Sequence[Grade]) -> list[int]:
    """Return the places of each student's best grade, the later of equal ones; a broken one comes last."""
    chosen: dict[str, int] = {}
    for place, grade in enumerate(grades):
        before = chosen.get(grade.student)
        if before is None or _rank(grade) >= _rank(grades[before]):
            chosen[grade.student] = place
    return sorted(chosen.values())


def _rank(grade: Grade) -> tuple[bool, bool, Any]:
    return not grade.broken, not grade.refusal, grade.final


def _earlier(folder: Path, student: str, module: str, only: str) -> list[Found]:
    try:
        nodes = at(folder / EARLIER / student / module, own=2).children()
    except (OSError, ValueError, UnreadableError):
        return []
    work = [each for each in nodes if each.kind is Kind.FILE and suffix(each.name) and _is_of(only, each.name)]
    return [Found(student, each.path, each, notes=("an earlier attempt",), at=each.modified) for each in work]


def _is_of(stem: str, name: str) -> bool:
    """Say whether `collect` has named an earlier attempt after a source: by number, or by when it was replaced."""
    return not stem or bool(re.fullmatch(rf"(?:\d{{8}}T\d{{6}}-)?{re.escape(stem)}(?:-\d+)?\.\w+", name))


def _first(tries: Sequence[Found]) -> Found:
    if len(tries) == 1:
        return tries[0]
    return replace(tries[0], notes=(f"the first of {len(tries)} attempts counts",))


def _shared(group: str, members: Sequence[str], theirs: Sequence[Found], when: When, counts: str) -> Iterator[Found]:
    ordered = sorted(theirs, key=lambda each: _moment(each, when))
    chosen = ordered if counts == BEST else ordered[:1] if counts == FIRST else ordered[-1:]
    handed = ", ".join(dict.fromkeys(each.student for each in theirs))
    for each in chosen:
        notes = each.notes
        if handed != each.student:
            notes = (
                *notes,
                f"several hand-ins of the group {group}: {handed}; the {counts}, {each.student}'s, counts",
            )
        for member in members:
            by = () if member == each.student else (f"handed in by {each.student} for the group {group}",)
            yield replace(each, student=member, by=each.student, notes=(*notes, *by))


def _moment(each: Found, when: When) -> datetime:
    moment = each.at or when(each).moment
    return LONG_AGO if moment is None else moment if moment.tzinfo else moment.replace(tzinfo=UTC)
