"""Settled grades: people's marks and overrides, extra credit, dropped criteria and lateness, a line each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tito.model.grade import Adjust, Adjustment, AdjustmentKind, Budget, Comment, Mark, Override, Review
from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Amount, Criterion, CriterionKind, Late, Level, Per, Rubric
from tito.scoring import score, settle, statistics
from tito.scoring.lateness import days_late

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 10, 1, 22, tzinfo=UTC)
LEVELS = (Level("good", Decimal(4)), Level("poor", Decimal(1)))
TESTS = Criterion("a", Decimal(6), "A")
MANUAL = Criterion("b", Decimal(4), "B", kind=CriterionKind.MANUAL, levels=LEVELS)
EXTRA = Criterion("x", Decimal(2), "Bonus", extra=True)
RUBRIC = Rubric("m", "M", Decimal(10), (TESTS, MANUAL, EXTRA))
LATE = Late(DUE, Amount(Decimal(10), percent=True))


def graded(*passed, rubric=RUBRIC, review=None, late=None, hours=None):
    """Grade with the criteria of `passed` passed, handed in some hours after the due date."""
    run = Run(tuple(Outcome(each, "t", Status.PASSED, passes=1) for each in passed))
    grade = score(replace(rubric, late=late), run, student="s", module="m", path="p")
    submitted = None if hours is None else DUE + timedelta(hours=hours)
    return settle(replace(rubric, late=late), replace(grade, submitted=submitted), review or Review())


def test_a_manual_criterion_that_nobody_has_graded_is_pending_and_makes_the_grade_incomplete():
    grade = graded("a")
    assert (grade.criteria[1].status, grade.criteria[1].pending, grade.complete) == (Status.PENDING, True, False)
    assert (grade.earned, grade.graded, grade.possible) == (6, 6, 10)
    assert statistics(RUBRIC, [grade]).incomplete == 1


def test_a_mark_completes_the_grade():
    grade = graded("a", review=Review({"b": Mark(Decimal(1), "poor", "ada")}))
    assert (grade.complete, grade.earned, grade.criteria[1].status) == (True, 7, Status.FAILED)


def test_a_mark_is_worth_what_the_rubric_says_of_its_level_today():
    mark = Review({"b": Mark(Decimal(3), "poor", "ada")})
    assert graded("a", review=mark).criteria[1].earned == 1
    gone = Review({"b": Mark(Decimal(9), "excellent", "ada")})
    assert graded("a", review=gone).criteria[1].earned == 4


def test_a_mark_on_a_tested_criterion_changes_nothing():
    assert graded(review=Review({"a": Mark(Decimal(6))})).earned == 0


def test_an_answer_that_was_not_written_is_nothing_and_waits_for_nobody():
    run = Run((Outcome("b", "", Status.MISSING),))
    grade = score(RUBRIC, run, student="s", module="m", path="p")
    assert (grade.criteria[1].earned, grade.criteria[1].pending, grade.criteria[1].status) == (
        0,
        False,
        Status.MISSING,
    )


def test_an_override_keeps_what_it_replaced_with_author_and_reason():
    override = Override(Decimal(5), "ada", "a typo in the test", DUE)
    part = graded(review=Review(overrides={"a": override})).criteria[0]
    assert (part.earned, part.status) == (5, Status.MISSING)
    assert (part.override.earned_before, part.override.author, part.override.reason) == (
        0,
        "ada",
        "a typo in the test",
    )


def test_an_override_settles_what_was_broken():
    run = Run((Outcome("a", "t", Status.BROKEN),))
    grade = score(RUBRIC, run, student="s", module="m", path="p")
    assert grade.broken
    assert not settle(RUBRIC, grade, Review(overrides={"a": Override(Decimal(6), "ada", "by hand", DUE)})).broken


def test_extra_credit_is_a_line_of_its_own_and_not_part_of_the_total():
    grade = graded("a", "x")
    assert (grade.earned, grade.possible, grade.final) == (6, 10, 8)
    assert grade.adjustments == (Adjustment(AdjustmentKind.EXTRA, "Bonus", Decimal(2), "x"),)
    assert graded("a").adjustments == ()


def test_everyone_is_given_the_points_of_a_dropped_criterion_and_nobody_waits_for_it():
    dropped = [replace(each, dropped="unclear") for each in RUBRIC.criteria]
    rubric = replace(RUBRIC, criteria=tuple(dropped))
    for passed in ((), ("a",), ("a", "x")):
        grade = graded(*passed, rubric=rubric)
        assert (grade.final, grade.complete) == (10, True)
    assert grade.adjustments[1] == Adjustment(AdjustmentKind.DROPPED, "B: unclear", Decimal(4), "b")


LATENESS = {
    "in time": ({}, 0, None, "0"),
    "a second": ({}, 1 / 3600, "1 s late: 1 day at 10 %", "-1.00"),
    "less than a second": ({}, 0.4 / 3600, None, "0"),
    "a day exactly": ({}, 24, "1 day late: 1 day at 10 %", "-1.00"),
    "a day and a bit": ({}, 25.5, "1 day 1 h late: 2 days at 10 %", "-2.00"),
    "within the grace": ({"grace": timedelta(hours=2)}, 2, None, "0"),
    "after the grace days count from its end": ({"grace": timedelta(hours=2)}, 26, "1 day 2 h late: 1 day at 10 %", "-1.00"),
    "by the hour": ({"per": Per.HOUR, "penalty": Amount(Decimal("0.5"))}, 2.5, "2 h 30 min late: 3 hours at 0.5 points", "-1.50"),
    "capped": ({"cap": Amount(Decimal(25), percent=True)}, 99, "4 days 3 h late: 5 days at 10 %, at most 25 %", "-2.50"),
    "down to the floor": ({"floor": Amount(Decimal(5))}, 72, "3 days late: 3 days at 10 %, not below 5 points", "-1"),
    "below the floor already": ({"floor": Amount(Decimal(8))}, 1, "1 h late: 1 day at 10 %, not below 8 points", "0"),
    "down to nothing": ({}, 999, "41 days 15 h late: 42 days at 10 %", "-6"),
}  # fmt: skip


@pytest.mark.parametrize(("policy", "hours", "reason", "points"), LATENESS.values(), ids=LATENESS)
def test_being_late_costs(policy, hours, reason, points):
    grade = graded("a", late=replace(LATE, **policy), hours=hours)
    lines = [(each.reason, each.points) for each in grade.adjustments]
    assert lines == ([(reason, Decimal(points))] if reason else [])
    assert (grade.earned, grade.final) == (6, 6 + Decimal(points))


def test_an_extension_moves_the_due_date_and_the_grace_with_it():
    late = replace(LATE, grace=timedelta(hours=1))
    review = Review(due=DUE + timedelta(days=2))
    assert graded("a", late=late, hours=49, review=review).adjustments == ()
    assert graded("a", late=late, hours=50, review=review).late == timedelta(hours=2)
    assert graded("a", late=late, hours=50, review=review).final == 5


@pytest.mark.parametrize(
    ("per", "submitted", "units"),
    [
        (Per.DAY, "2026-10-25T11:59+01:00", "1 day"),
        (Per.DAY, "2026-10-25T12:01+01:00", "2 days"),
        (Per.DAY_OF_24_HOURS, "2026-10-25T11:59+01:00", "2 periods of 24 h"),
    ],
)
def test_a_day_ends_at_the_due_dates_hour_also_where_the_clocks_change(per, submitted, units):
    due = datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    late = replace(LATE, due=due, per=per)
    rubric = replace(RUBRIC, late=late)
    grade = score(rubric, Run(()), student="s", module="m", path="p", submitted=datetime.fromisoformat(submitted))
    # An extension comes back from the gradebook in UTC.
    for review in (Review(), Review(due=due.astimezone(UTC))):
        assert f"late: {units} at" in settle(rubric, grade, review).adjustments[0].reason


def test_in_the_hour_that_clocks_go_through_twice_a_later_moment_is_late():
    due = datetime.fromisoformat("2026-10-25T02:30+02:00").astimezone(BERLIN)
    rubric = replace(RUBRIC, late=replace(LATE, due=due))
    late = datetime.fromisoformat("2026-10-25T02:10+01:00")
    grade = score(rubric, Run(()), student="s", module="m", path="p", submitted=late)
    assert "40 min late: 1 day at" in grade.adjustments[0].reason


def test_how_late_something_is_is_counted_in_real_time_whatever_the_zones():
    berlin = datetime.fromisoformat("2026-10-25T00:30:00+02:00")
    late = replace(LATE, due=berlin)
    rubric = replace(RUBRIC, late=late)
    grade = replace(score(rubric, Run(()), student="s", module="m", path="p"), submitted=berlin.astimezone(UTC))
    assert settle(rubric, grade).late == timedelta(0)
    later = datetime.fromisoformat("2026-10-26T00:30:00+01:00")
    assert settle(rubric, replace(grade, submitted=later)).late == timedelta(hours=25)


ADJUSTED = {
    "less": ({"plus": Decimal(-2)}, "-2", 4),
    "nothing": ({"plus": Decimal(0)}, "0", 6),
    "more": ({"plus": Decimal("1.5")}, "1.5", "7.5"),
    "to nothing": ({"instead": Decimal(0)}, "-6", 0),
    "below nothing": ({"plus": Decimal(-10)}, "-6", 0),
    "to more": ({"instead": Decimal(9)}, "3", 9),
}


@pytest.mark.parametrize(("what", "points", "final"), ADJUSTED.values(), ids=ADJUSTED)
def test_a_person_can_change_a_whole_grade_in_a_line_of_its_own(what, points, final):
    grade = graded("a", review=Review(adjust=Adjust("copied", "ada", **what)))
    assert grade.adjustments == (Adjustment(AdjustmentKind.ADJUSTED, "copied (ada)", Decimal(points)),)
    assert (grade.earned, grade.final) == (6, Decimal(final))


def test_a_grade_that_is_set_stays_so_however_late_it_is():
    grade = graded("a", late=LATE, hours=30, review=Review(adjust=Adjust("agreed", "ada", instead=Decimal(5))))
    assert [each.points for each in grade.adjustments] == [-2, 1]
    assert grade.final == 5


def test_whoever_is_excused_counts_nowhere():
    grades = [graded("a"), graded(review=Review(excused="ill"))]
    assert grades[1].excused == "ill"
    assert (statistics(RUBRIC, grades).counted, statistics(RUBRIC, grades).mean) == (1, 6)


def test_without_a_time_of_submission_nobody_is_late():
    assert graded("a", late=LATE).adjustments == ()


def test_lateness_takes_from_extra_credit_as_well_down_to_the_floor():
    late = replace(LATE, penalty=Amount(Decimal(9)), floor=Amount(Decimal(5)))
    grade = graded("a", "x", late=late, hours=1)
    assert [each.points for each in grade.adjustments] == [2, -3]
    assert grade.final == 5


def test_an_override_of_a_mark_names_the_marks_points_however_often_it_is_settled():
    override = Override(Decimal(3), "ada", "as agreed", DUE)
    review = Review({"b": Mark(Decimal(1), "poor", "ada")}, {"b": override})
    once = graded("a", review=review)
    assert once.criteria[1].override.earned_before == 1
    assert settle(RUBRIC, once, review).criteria[1].override.earned_before == 1
    again = settle(RUBRIC, once, Review(overrides={"b": override}))
    assert again.criteria[1].override.earned_before == 1


def test_days_of_a_budget_are_counted_behind_the_grace_alone_and_never_hours():
    late = replace(LATE, grace=timedelta(hours=2))
    assert [days_late(late, DUE + timedelta(hours=each), DUE) for each in (2, 3, 27)] == [0, 1, 2]
    assert days_late(replace(LATE, per=Per.HOUR), DUE + timedelta(hours=5), DUE) == 0
    assert days_late(LATE, DUE - timedelta(hours=5), DUE) == 0


def test_carried_lines_count_before_lateness():
    carried = Adjustment(AdjustmentKind.ADJUSTED, "x: neat", Decimal(2))
    late = replace(LATE, penalty=Amount(Decimal(9)))
    grade = settle(
        replace(RUBRIC, late=late), replace(graded("a"), submitted=DUE + timedelta(hours=1)), carried=[carried]
    )
    assert [each.points for each in grade.adjustments] == [2, -8]


BUDGETED = {
    "days of the budget cost nothing": ({}, 50, "2 days 2 h late: 3 days at 10 %, 2 from the budget (0 of 5 days left)", "-1"),
    "no more than are late": ({}, 20, "20 h late: 1 day at 10 %, 1 from the budget (1 of 5 days left)", "0"),
    "hours are no days": ({"per": Per.HOUR}, 2, "2 h late: 2 hours at 10 %", "-2"),
}  # fmt: skip


@pytest.mark.parametrize(("policy", "hours", "reason", "points"), BUDGETED.values(), ids=BUDGETED)
def test_of_a_budget_of_five_days_with_two_left(policy, hours, reason, points):
    (line,) = graded("a", late=replace(LATE, **policy), hours=hours, review=Review(budget=Budget(5, 2))).adjustments
    assert (line.reason, line.points) == (reason, Decimal(points))


def test_without_a_policy_nothing_is_lost_however_late():
    grade = graded("a", hours=50, review=Review(due=DUE))
    assert (grade.adjustments, grade.late) == ((), timedelta(hours=50))


def test_a_criterion_of_which_nothing_is_graded_counts_as_whole():
    pending = statistics(RUBRIC, [graded("a")]).criteria[1]
    assert (pending.passed, pending.share) == (0, 1)
    assert [each.id for each in statistics(RUBRIC, [graded()]).hardest] == ["a"]


def test_a_mark_may_be_nothing():
    assert graded(review=Review({"b": Mark(Decimal(0))})).criteria[1].earned == 0
    assert graded(review=Review({"b": Mark(Decimal(-3))})).criteria[1].earned == 0


def test_what_was_commented_stays_until_it_is_commented_anew():
    first, second = Comment("Good.", "ada"), Comment("Well.", "ada")
    grade = graded("a", review=Review(comments=(first,)))
    assert settle(RUBRIC, grade).comments == (first,)
    assert settle(RUBRIC, grade, Review(comments=(second,))).comments == (second,)


def test_of_what_has_no_time_nothing_is_late():
    assert graded("a", late=LATE).late == timedelta(0)


def test_what_comes_to_less_than_nothing_is_set_from_nothing():
    grade = score(RUBRIC, Run(()), student="s", module="m", path="p")
    lines = [Adjustment(AdjustmentKind.ADJUSTED, "copied", Decimal(-8))]
    settled = settle(RUBRIC, grade, Review(adjust=Adjust("agreed", "ada", instead=Decimal(3))), lines)
    assert [each.points for each in settled.adjustments] == [-8, 3]
