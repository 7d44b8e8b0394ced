"""An assignment of several modules: one rubric, one grade for each student, its criteria grouped by module."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.escapes import escaped
from tito.model.grade import Adjustment, AdjustmentKind, Comment, CriterionGrade, Grade, Review
from tito.model.outcome import Failure, Outcome, Status
from tito.model.rubric import Criterion, Late, Rubric
from tito.records import dataclass
from tito.scoring.settle import NO_REVIEW, settle

NOBODY: Final[Mapping[str, Review]] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One module of an assignment: what to call it there, its rubric, and the grades of who handed it in."""

    name: str
    rubric: Rubric
    grades: Sequence[Grade]


def together(
    assignment: str, parts: Sequence[Part], reviews: Mapping[str, Review] = NOBODY
) -> tuple[Rubric, tuple[Grade, ...]]:
    """Return an assignment's rubric, and a grade for each student of whom there is any part.

    What was not handed in of it earns nothing. `reviews` are what people decided about the whole, by student. It is
    late once, as a whole: when the last of it was handed in. Raises CourseError where the modules' due dates or
    penalties differ.
    """
    criteria = tuple(criterion for part in parts for criterion in _criteria(part))
    points = sum((part.rubric.points for part in parts), Decimal(0))
    rubric = Rubric(assignment, assignment, points, criteria, late_of(assignment, [part.rubric for part in parts]))
    graded = [{grade.student: grade for grade in part.grades} for part in parts]
    students = sorted({student for each in graded for student in each}, key=lambda name: (name.casefold(), name))
    grades = (
        _joined(rubric, student, parts, graded, reviews.get(escaped(student), NO_REVIEW)) for student in students
    )
    return rubric, tuple(grades)


def late_of(assignment: str, rubrics: Sequence[Rubric]) -> Late | None:
    """Return what being late costs, as the modules' rubrics say that have a due date.

    Raises CourseError where they differ.
    """
    dated = [each for each in rubrics if each.late]
    other = next((each for each in dated if each.late != dated[0].late), None)
    if other:
        what = f"{dated[0].module} and {other.module} are {assignment}, and their rubrics differ in `late:`"
        raise CourseError(Problem(what, "Write the same into both, or into one of them alone."))
    return dated[0].late if dated else None


def criterion_within(name: str, criterion: Criterion) -> Criterion:
    """Return a module's criterion as its assignment has it; `name` is what the module is called there."""
    return replace(criterion, id=f"{name}-{criterion.id}", title=f"{name}: {criterion.title}")


def _criteria(part: Part) -> list[Criterion]:
    return [_within(part, criterion) for criterion in part.rubric.criteria]


def _within(part: Part, criterion: Criterion) -> Criterion:
    return criterion_within(part.name, criterion)


def _joined(
    rubric: Rubric, student: str, parts: Sequence[Part], graded: Sequence[Mapping[str, Grade]], review: Review
) -> Grade:
    own = [each.get(student) for each in graded]
    there = [grade for grade in own if grade]
    moments = [grade.submitted for grade in there if grade.submitted]
    whole = [grade.refusal for grade in there if grade.refusal]
    grade = Grade(
        student,
        rubric.module,
        there[0].path.rpartition("/")[0] or there[0].path,
        Decimal(0),
        rubric.points,
        tuple(each for part, grade in zip(parts, own, strict=True) for each in _graded(part, grade)),
        tuple(f"{part.name}: {note}" for part, grade in zip(parts, own, strict=True) for note in _notes(grade)),
        whole[0] if len(whole) == len(there) else "",
        there[0].level,
        sum(grade.seconds for grade in there),
        submitted=max(moments, default=None),
        reference=_reference(there),
        excused=there[0].excused if all(grade.excused for grade in there) else "",
    )
    comments = tuple(comment for grade in there for comment in grade.comments)
    own_review = replace(review, comments=(*comments, *_new(review.comments, comments)))
    return settle(rubric, grade, own_review, _decided(parts, own))


def _reference(grades: Sequence[Grade]) -> Decimal | None:
    """Return what the parts earned on the reference's earlier modules, where any was graded on the student's own."""
    if all(grade.reference is None for grade in grades):
        return None
    return sum((grade.earned if grade.reference is None else grade.reference for grade in grades), Decimal(0))


def _new(comments: Sequence[Comment], known: Sequence[Comment]) -> list[Comment]:
    return [comment for comment in comments if comment not in known]


def _decided(parts: Sequence[Part], own: Sequence[Grade | None]) -> list[Adjustment]:
    """Return what a person changed about single parts."""
    return [
        replace(line, reason=f"{part.name}: {line.reason}")
        for part, grade in zip(parts, own, strict=True)
        for line in (grade.adjustments if grade else ())
        if line.kind is AdjustmentKind.ADJUSTED
    ]


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
