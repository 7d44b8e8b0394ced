"""An assignment of several modules: one rubric, one grade for each student, its criteria grouped by module."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Outcome, Status
from tito.model.rubric import Criterion, Rubric


@dataclass(frozen=True, slots=True)
class Part:
    """One module of an assignment: what to call it there, its rubric, and the grades of who handed it in."""

    name: str
    rubric: Rubric
    grades: Sequence[Grade]


def together(assignment: str, parts: Sequence[Part]) -> tuple[Rubric, tuple[Grade, ...]]:
    """Return an assignment's rubric, and a grade for each student of whom there is any part.

    What was not handed in of it earns nothing. Each module's lateness and adjustments are its own, and add up.
    """
    criteria = tuple(criterion for part in parts for criterion in _criteria(part))
    points = sum((part.rubric.points for part in parts), Decimal(0))
    rubric = Rubric(assignment, assignment, points, criteria, parts[0].rubric.late)
    graded = [{grade.student: grade for grade in part.grades} for part in parts]
    students = sorted({student for each in graded for student in each}, key=lambda name: (name.casefold(), name))
    return rubric, tuple(_joined(rubric, student, parts, graded) for student in students)


def _criteria(part: Part) -> list[Criterion]:
    return [_within(part, criterion) for criterion in part.rubric.criteria]


def _within(part: Part, criterion: Criterion) -> Criterion:
    return replace(criterion, id=f"{part.name}-{criterion.id}", title=f"{part.name}: {criterion.title}")


def _joined(rubric: Rubric, student: str, parts: Sequence[Part], graded: Sequence[Mapping[str, Grade]]) -> Grade:
    own = [each.get(student) for each in graded]
    there = [grade for grade in own if grade]
    moments = [grade.submitted for grade in there if grade.submitted]
    whole = [grade.refusal for grade in there if grade.refusal]
    return Grade(
        student,
        rubric.module,
        there[0].path.rpartition("/")[0] or there[0].path,
        sum((grade.earned for grade in there), Decimal(0)),
        rubric.points,
        tuple(each for part, grade in zip(parts, own, strict=True) for each in _graded(part, grade)),
        tuple(f"{part.name}: {note}" for part, grade in zip(parts, own, strict=True) for note in _notes(grade)),
        whole[0] if len(whole) == len(there) else "",
        there[0].level,
        sum(grade.seconds for grade in there),
        tuple(each for grade in there for each in grade.adjustments),
        tuple(each for grade in there for each in grade.comments),
        max(moments, default=None),
        max((grade.late for grade in there), default=timedelta(0)),
        excused=there[0].excused if all(grade.excused for grade in there) else "",
    )


def _graded(part: Part, grade: Grade | None) -> list[CriterionGrade]:
    if grade:
        return [replace(each, criterion=_within(part, each.criterion)) for each in grade.criteria]
    why = Failure(f"{part.name} was not handed in")
    return [
        CriterionGrade(each, Status.MISSING, Decimal(0), (Outcome(each.id, "", Status.MISSING, failure=why),))
        for each in _criteria(part)
    ]


def _notes(grade: Grade | None) -> Sequence[str]:
    if grade is None:
        return ("it was not handed in",)
    return (*([grade.refusal] if grade.refusal else ()), *grade.notes)
