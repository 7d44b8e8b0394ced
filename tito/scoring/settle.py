"""A grade settled: people's marks and overrides, then extra credit, dropped criteria and lateness, a line each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from tito.model.grade import Adjust, Adjustment, AdjustmentKind, CriterionGrade, Grade, Mark, Review
from tito.model.outcome import Status
from tito.model.points import places_of
from tito.model.rubric import Criterion, Rubric
from tito.scoring.lateness import late_by, late_line

NO_REVIEW: Final = Review()


def settle(rubric: Rubric, grade: Grade, review: Review = NO_REVIEW, carried: Iterable[Adjustment] = ()) -> Grade:
    """Return the grade that counts, of what tests gave and what people decided; settling twice changes nothing.

    No points go below 0 or above a criterion's own, whatever was marked under an earlier rubric. `carried` are lines
    that count before lateness and what was decided about the whole.
    """
    criteria = tuple(_reviewed(each, review) for each in grade.criteria)
    earned = sum((each.earned for each in criteria if not each.criterion.extra), Decimal(0))
    lines = [*_extra(criteria), *_dropped(criteria), *carried]
    due = review.due or (rubric.late.due if rubric.late else None)
    over = late_by(grade.submitted, due) if grade.submitted and due else timedelta(0)
    if rubric.late and grade.submitted and due and over:
        base = earned + sum((each.points for each in lines), Decimal(0))
        places = places_of(each.points for each in rubric.criteria)
        late = late_line(rubric.late, grade.submitted, due, base, rubric.points, places=places, budget=review.budget)
        lines += [late] if late else []
    if review.adjust:
        lines.append(_adjusted(review.adjust, earned + sum((each.points for each in lines), Decimal(0))))
    comments, excused = review.comments or grade.comments, review.excused or grade.excused
    grade = replace(grade, comments=comments, excused=excused, late=over)
    return replace(grade, earned=earned, criteria=criteria, adjustments=tuple(lines))


def _adjusted(adjust: Adjust, before: Decimal) -> Adjustment:
    """Return the line of what a person decided about a whole grade that has come to so many points."""
    before = max(before, Decimal(0))
    change = adjust.plus or Decimal(0) if adjust.instead is None else adjust.instead - before
    return Adjustment(AdjustmentKind.ADJUSTED, f"{adjust.reason} ({adjust.author})", max(change, -before))


def mark_points(criterion: Criterion, mark: Mark) -> Decimal:
    """Return what a mark is worth under a rubric: its level's points there, where it still has that level."""
    points = next((each.points for each in criterion.levels if each.name == mark.level), mark.points)
    return _within(points, criterion)


def _reviewed(each: CriterionGrade, review: Review) -> CriterionGrade:
    criterion = each.criterion
    note = review.notes.get(criterion.id, each.comment)
    mark = review.marks.get(criterion.id) if criterion.manual else None
    if mark:
        earned = mark_points(criterion, mark)
        status = Status.PASSED if earned == criterion.points else Status.FAILED
        each = replace(each, status=status, earned=earned, pending=False, mark=mark)
    override = review.overrides.get(criterion.id)
    if override:
        earned = _within(override.earned, criterion)
        # One that is there already has put its own points in the place of what came before.
        before = each.override.earned_before if each.override and not mark else each.earned
        each = replace(each, earned=earned, pending=False, override=replace(override, earned_before=before))
    return replace(each, comment=note)


def _within(points: Decimal, criterion: Criterion) -> Decimal:
    return min(max(points, Decimal(0)), criterion.points)


def _extra(criteria: Iterable[CriterionGrade]) -> Iterator[Adjustment]:
    for each in criteria:
        if each.criterion.extra and not each.criterion.dropped and each.earned:
            yield Adjustment(AdjustmentKind.EXTRA, each.criterion.title, each.earned, each.criterion.id)


def _dropped(criteria: Iterable[CriterionGrade]) -> Iterator[Adjustment]:
    for each in criteria:
        criterion = each.criterion
        if criterion.dropped:
            given = Decimal(0) if criterion.extra else criterion.points - each.earned
            words = f"{criterion.title}: {criterion.dropped}"
            yield Adjustment(AdjustmentKind.DROPPED, words, given, criterion.id)
