"""A class graded twice: tito's points beside another grader's, and why they differ, out of a closed list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Status
from tito.records import dataclass


class Reason(StrEnum):
    """Why two graders give different points for one cell."""

    FORGED = "forged: no plain answer came back, where the other one believed it"
    WRITTEN = "it changed what the test handed it, which the reference leaves alone"
    EDITED = "a locked cell was edited: the course's own was used"
    LIMIT = "a limit of time or memory ended it"
    CHANCE = "its test draws at random"
    BESIDE = "it runs beside the submission"
    LEFT_OUT = "it is left out here"
    NOT_READ = "the submission could not be read"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell of one student with different points: `ours`, None where it is not graded here, and `theirs`."""

    student: str
    criterion: str
    ours: Decimal | None
    theirs: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many cells both graders have scored, of how many in the same way, and each difference.

    Of those whose tests run apart, in the judge, `apart` says how many there are and how many agree.
    """

    module: str
    cells: int
    agreeing: int
    apart: tuple[int, int]
    differences: tuple[Difference, ...]
    alone: tuple[str, ...] = ()

    @property
    def unexplained(self) -> int:
        """How many differences have no reason out of the list."""
        return sum(each.reason is Reason.UNEXPLAINED for each in self.differences)


# How the judge begins such a failure.
_WROTE: Final = "changed what it was given"
_LIMITS: Final = frozenset({Status.TIMEOUT, Status.MEMORY, Status.CRASHED, Status.BLOCKED})
# A float of theirs, which keeps sixteen digits, is not exact.
_NEAR: Final = Decimal("0.0006")


def compare(
    module: str,
    grades: Sequence[Grade],
    theirs: Mapping[tuple[str, str], Decimal],
    *,
    left_out: Collection[str] = (),
    random: Collection[str] = (),
) -> Comparison:
    """Compare a module's grades with another grader's points, by student and criterion.

    `left_out` are cells that are not graded here, `random` criteria whose tests draw at random.
    """
    ours = {(grade.student, part.criterion.id): (grade, part) for grade in grades for part in grade.criteria}
    students = {grade.student for grade in grades}
    cells = agreeing = apart = alike = 0
    found = []
    for (student, criterion), points in sorted(theirs.items()):
        if student not in students or ((student, criterion) not in ours and criterion not in left_out):
            continue
        grade, part = ours.get((student, criterion), (None, None))
        same = part is not None and abs(part.earned - points) < _NEAR
        beside = part is not None and any(each.beside for each in part.outcomes)
        cells, agreeing = cells + 1, agreeing + same
        if part is not None and not beside:
            apart, alike = apart + 1, alike + same
        if not same:
            reason = _reason(grade, part, criterion, random)
            found.append(Difference(student, criterion, part.earned if part else None, points, reason))
    alone = sorted({student for student, _ in theirs} - students)
    return Comparison(module, cells, agreeing, (apart, alike), tuple(found), tuple(alone))


def _reason(grade: Grade | None, part: CriterionGrade | None, criterion: str, random: Collection[str]) -> Reason:
    if grade is None or part is None:
        return Reason.LEFT_OUT
    if grade.refusal:
        return Reason.NOT_READ
    return next(_reasons(grade, part, criterion, random), Reason.UNEXPLAINED)


def _reasons(grade: Grade, part: CriterionGrade, criterion: str, random: Collection[str]) -> Iterator[Reason]:
    if part.status is Status.CONTRACT:
        yield Reason.FORGED
    if any(each.failure and _WROTE in each.failure.message for each in part.outcomes):
        yield Reason.WRITTEN
    if any(criterion in note.split() and "edited" in note for note in grade.notes):
        yield Reason.EDITED
    if part.status in _LIMITS or any("time" in note and "limit" in note for note in grade.notes):
        yield Reason.LIMIT
    if any(each.beside for each in part.outcomes):
        yield Reason.BESIDE
    if criterion in random:
        yield Reason.CHANCE
