"""Outcomes and a rubric become a Grade: the rubric fixes the denominator, and only `passed` earns."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.points import places_of, rounded
from tito.model.rubric import Credit, Criterion, Rubric
from tito.model.submission import Submission
from tito.scoring.partial import partial_credit
from tito.scoring.settle import settle

# The worst of a criterion's tests names it; our own fault comes first, so that it is never hidden.
WORST_FIRST: Final = (
    Status.BROKEN,
    Status.CONTRACT,
    Status.CRASHED,
    Status.MEMORY,
    Status.TIMEOUT,
    Status.BLOCKED,
    Status.MISSING,
    Status.ERROR,
    Status.FAILED,
    Status.PENDING,
    Status.PASSED,
)


def score(
    rubric: Rubric,
    run: Run,
    *,
    student: str,
    module: str,
    path: str,
    notes: Sequence[str] = (),
    submitted: datetime | None = None,
) -> Grade:
    """Return the grade of one run, before people and the calendar have their say.

    A criterion without an outcome is `missing` and earns nothing; a manual one is `pending`. With `credit: all` a
    criterion's points take all its tests; with `proportional` they are shared out by checks passed and rounded half
    up to what the points need; with `value` they are what the tests end in.
    """
    criteria = tuple(_criterion(each, run.outcomes) for each in rubric.criteria)
    own = (student, module, path)
    grade = Grade(*own, Decimal(0), rubric.points, criteria, (*notes, *run.notes), "", run.level, run.seconds)
    return settle(rubric, replace(grade, submitted=submitted))


def scored(rubric: Rubric, run: Run, each: Submission) -> Grade:
    """Return the grade of a submission's run; a manual criterion without an answer earns nothing, as in nbgrader."""
    own = {"student": each.student, "module": each.module, "path": each.path}
    run = replace(run, outcomes=(*run.outcomes, *_blank(each)))
    return score(rubric, run, **own, notes=each.notes, submitted=each.submitted)


def refuse(rubric: Rubric, submission: Submission) -> Grade:
    """Return the grade of a submission that cannot be read: nothing of all points, with the reason."""
    why = Failure(submission.refusal)
    criteria = tuple(
        CriterionGrade(each, Status.BLOCKED, Decimal(0), (Outcome(each.id, "", Status.BLOCKED, failure=why),))
        for each in rubric.criteria
    )
    own = (submission.student, submission.module, submission.path)
    grade = Grade(*own, Decimal(0), rubric.points, criteria, submission.notes, submission.refusal)
    return settle(rubric, replace(grade, submitted=submission.submitted))


def worst(statuses: Iterable[Status]) -> Status:
    """Return the status that names a group of tests; `missing` where there is none."""
    return min(statuses, key=WORST_FIRST.index, default=Status.MISSING)


def _blank(submission: Submission) -> tuple[Outcome, ...]:
    """Return what is to be said of manual criteria without an answer: as in nbgrader, it earns nothing."""
    why = Failure("there is no answer: the cell is as it was handed out, or gone")
    return tuple(Outcome(name, "", Status.MISSING, failure=why) for name in submission.blank)


def _criterion(criterion: Criterion, outcomes: Sequence[Outcome]) -> CriterionGrade:
    own = tuple(each for each in outcomes if each.grade_id == criterion.id)
    if criterion.manual and not own:
        return CriterionGrade(criterion, Status.PENDING, Decimal(0), (), pending=not criterion.dropped)
    if criterion.manual:
        return CriterionGrade(criterion, worst(each.status for each in own), Decimal(0), own)
    if criterion.credit is Credit.VALUE:
        return _by_value(criterion, own)
    return CriterionGrade(criterion, worst(each.status for each in own), _earned(criterion, own), own)


def _by_value(criterion: Criterion, outcomes: Sequence[Outcome]) -> CriterionGrade:
    earned, told = Decimal(0), []
    for each in outcomes:
        if each.status is not Status.PASSED:
            told.append(each)
            continue
        given, why = partial_credit(each.value, criterion.points)
        earned += given
        told.append(replace(each, failure=Failure(why)) if why else each)
    earned = min(earned, criterion.points)
    status = worst(each.status for each in outcomes)
    if status is Status.PASSED and earned < criterion.points:
        status = Status.FAILED
        told = [replace(each, status=status, passes=0) if each.failure else each for each in told]
    return CriterionGrade(criterion, status, earned, tuple(told))


def _earned(criterion: Criterion, outcomes: Sequence[Outcome]) -> Decimal:
    if not outcomes:
        return Decimal(0)
    if all(each.status is Status.PASSED for each in outcomes):
        return criterion.points
    if criterion.each is not None and all(each.status is Status.FAILED for each in outcomes):
        return max(criterion.points - criterion.each * sum(each.checks for each in outcomes), Decimal(0))
    if criterion.credit is Credit.ALL:
        return Decimal(0)
    passes = sum(each.passes for each in outcomes)
    checks = sum(each.checks for each in outcomes)
    return rounded(criterion.points * passes / checks, places_of((criterion.points,)))
