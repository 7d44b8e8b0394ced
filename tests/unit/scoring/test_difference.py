"""A regrade compared: who moves, by what, and what changed in rubric and tests."""

from dataclasses import replace
from decimal import Decimal

from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Credit, Criterion, Rubric
from tito.scoring import difference as module
from tito.scoring import score
from tito.scoring.difference import Shift, difference, rubric_changes

A, B = Criterion("a", Decimal(6), "A"), Criterion("b", Decimal(4), "B")
RUBRIC = Rubric("m", "M", Decimal(10), (A, B))


def graded(student, *passed, rubric=RUBRIC, status=Status.FAILED):
    outcomes = (
        Outcome(each.id, "t", Status.PASSED if each.id in passed else status, passes=1) for each in rubric.criteria
    )
    return score(rubric, Run(tuple(outcomes)), student=student, module="m", path="p")


def test_those_who_move_are_told_by_criterion_and_the_rest_is_counted():
    before = [graded("ann", "a"), graded("bob", "a", "b"), graded("cy", "b"), graded("eve")]
    after = [graded("ann", "a", "b"), graded("bob", "b"), graded("cy", "b"), graded("dan", "a")]
    found = difference(before, after)
    assert [(each.student, each.before, each.after, each.shifts) for each in found.moves] == [
        ("ann", 6, 10, (Shift("b", "B", Decimal(4)),)),
        ("bob", 10, 4, (Shift("a", "A", Decimal(-6)),)),
        ("dan", None, 6, ()),
    ]
    assert (found.up, found.down, found.new, found.same, found.broken) == (1, 1, 1, 1, 0)
    assert found.means == (Decimal(20) / 3, Decimal(18) / 3)
    assert found.medians == (6, 4)


def test_points_that_move_between_criteria_are_told_although_the_total_stays():
    even = replace(RUBRIC, criteria=(replace(A, points=Decimal(5)), replace(B, points=Decimal(5))))
    found = difference([graded("ann", "a", rubric=even)], [graded("ann", "b", rubric=even)])
    assert [shift.points for shift in found.moves[0].shifts] == [-5, 5]


def test_what_was_broken_moves_nobody():
    found = difference([graded("ann", "a")], [graded("ann", status=Status.BROKEN)])
    assert (found.moves[0].before, found.moves[0].after, found.broken, found.down) == (6, 6, 1, 0)


def test_criteria_that_come_and_go_are_told():
    later = replace(
        RUBRIC, points=Decimal(7), criteria=(replace(A, points=Decimal(5)), Criterion("c", Decimal(2), "C"))
    )
    found = difference([graded("ann", "a", "b")], [graded("ann", "a", "c", rubric=later)])
    assert found.moves[0].shifts == (
        Shift("a", "A", Decimal(-1)), Shift("c", "C", Decimal(2), "new"), Shift("b", "B", Decimal(-4), "gone"),
    )  # fmt: skip
    assert list(rubric_changes(RUBRIC, later)) == [
        "criterion a was worth 6 and is worth 5 points",
        "criterion c is new (2 points)",
        "criterion b is gone (4 points)",
        "the total was 10 and is 7 points",
    ]


def test_extra_credit_is_told_once():
    extra = replace(RUBRIC, criteria=(A, B, Criterion("x", Decimal(1), "X", extra=True)))
    found = difference([graded("ann", "a", rubric=extra)], [graded("ann", "a", "x", rubric=extra)])
    assert found.moves[0].shifts == (Shift("extra", "extra credit", Decimal(1)),)


def test_tests_that_were_added_removed_or_edited_are_told():
    before = {"a": {"t1": "x", "t2": "y"}, "b": {"t3": "z"}}
    after = {"a": {"t1": "X", "t4": "w"}, "b": {"t3": "z"}}
    assert list(module.test_changes(before, after)) == ["a: t1 was edited", "a: t4 was added", "a: t2 was removed"]


def test_an_empty_class_has_no_division_by_zero():
    assert difference([], []).means == (0, 0)


def test_what_extra_credit_gives_more_is_told_as_the_difference():
    extra = [Criterion(name, Decimal(points), name.upper(), extra=True) for name, points in (("x", 1), ("y", 2))]
    rubric = replace(RUBRIC, criteria=(A, B, *extra))
    found = difference([graded("ann", "y", rubric=rubric)], [graded("ann", "x", "y", rubric=rubric)])
    assert found.moves[0].shifts == (Shift("extra", "extra credit", Decimal(1)),)


def test_whoever_is_new_and_broken_has_no_grade_before():
    found = difference([graded("ann", status=Status.BROKEN)], [graded("ann", "a")])
    assert [(each.before, each.after) for each in found.moves] == [(None, 6)]


def test_of_nobody_the_middle_is_nothing_and_of_a_zero_it_is_zero():
    assert difference([], []).medians == (0, 0)
    found = difference([graded("ann")], [graded("ann", "a")])
    assert (found.means, found.medians) == ((0, 6), (0, 6))


def test_a_drop_is_told_with_its_reason_and_any_other_change_without():
    later = replace(
        RUBRIC, criteria=(replace(A, dropped="unclear"), replace(B, credit=Credit.PROPORTIONAL, dropped="x"))
    )
    assert list(rubric_changes(RUBRIC, later)) == [
        "criterion a: `dropped` has changed: unclear", "criterion b: `credit` has changed", "criterion b: `dropped` has changed: x",
    ]  # fmt: skip
    assert next(iter(rubric_changes(later, RUBRIC))) == "criterion a: `dropped` has changed"


def test_gains_and_losses_are_counted_apart():
    found = difference(
        [graded("ann"), graded("bob"), graded("cy", "a")], [graded("ann", "a"), graded("bob", "b"), graded("cy")]
    )
    assert (found.up, found.down) == (2, 1)
