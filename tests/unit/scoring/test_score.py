"""Scores: only `passed` earns, the rubric is the denominator, our own faults are never hidden."""

from decimal import Decimal

import pytest

from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Credit, Criterion, CriterionKind, Rubric
from tito.model.submission import Submission
from tito.scoring import refuse, score, statistics

RUBRIC = Rubric(
    "m",
    "M",
    Decimal(15),
    (Criterion("a", Decimal(5), "A"), Criterion("b", Decimal(10), "B", credit=Credit.PROPORTIONAL)),
)


def outcome(grade_id, status, passes=None, checks=1):
    passed = int(status is Status.PASSED) if passes is None else passes
    return Outcome(grade_id, f"t::{grade_id}", status, passes=passed, checks=checks)


def graded(*outcomes):
    return score(RUBRIC, Run(outcomes), student="s", module="m", path="p")


def test_a_criterion_takes_all_its_tests():
    grade = graded(outcome("a", Status.PASSED), outcome("a", Status.FAILED))
    assert (grade.criteria[0].earned, grade.criteria[0].status) == (0, Status.FAILED)


def test_proportional_credit_is_shared_by_checks_and_rounded_half_to_even():
    grade = graded(outcome("b", Status.PASSED), outcome("b", Status.FAILED, 1, 2))
    assert grade.criteria[1].earned == Decimal("6.67")
    assert graded(outcome("b", Status.PASSED), outcome("b", Status.PASSED)).criteria[1].earned == 10


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.PASSED])
def test_nothing_but_passed_earns(status):
    assert graded(outcome("a", status), outcome("b", status)).earned == 0


def test_a_criterion_that_did_not_run_is_missing_and_keeps_its_weight():
    grade = graded(outcome("a", Status.PASSED))
    assert grade.criteria[1].status is Status.MISSING
    assert (grade.earned, grade.possible) == (5, 15)


def test_outcomes_without_a_criterion_change_nothing():
    assert graded(outcome("a", Status.PASSED), outcome("z", Status.PASSED)).earned == 5


def test_broken_is_the_worst_and_marks_the_grade():
    grade = graded(outcome("a", Status.BROKEN), outcome("a", Status.CRASHED), outcome("b", Status.PASSED))
    assert grade.criteria[0].status is Status.BROKEN
    assert grade.broken


def test_a_refused_submission_is_nothing_of_everything_with_its_reason():
    grade = refuse(RUBRIC, Submission("s", "m", "p", None, refusal="torn"))
    assert (grade.earned, grade.possible, grade.refusal) == (0, 15, "torn")
    assert {each.status for each in grade.criteria} == {Status.BLOCKED}


def test_a_class_counts_refused_as_nothing_and_leaves_broken_out():
    full = graded(outcome("a", Status.PASSED), outcome("b", Status.PASSED))
    half = graded(outcome("a", Status.PASSED))
    torn = refuse(RUBRIC, Submission("s", "m", "p", None, refusal="torn"))
    summary = statistics(RUBRIC, [full, half, torn, graded(outcome("a", Status.BROKEN))])
    assert (summary.counted, summary.refused, summary.broken) == (3, 1, 1)
    assert (summary.mean, summary.median) == (Decimal(20) / 3, 5)
    assert summary.bins == (1, 0, 0, 1, 0, 0, 0, 0, 0, 1)
    assert [(each.id, each.passed) for each in summary.hardest] == [("b", 1), ("a", 2)]


def test_an_empty_class_has_no_division_by_zero():
    summary = statistics(RUBRIC, [])
    assert (summary.mean, summary.median, summary.hardest) == (0, 0, ())


def test_a_criterions_share_is_of_the_grades_that_it_has():
    found = statistics(RUBRIC, [graded(), graded(*(outcome(each.id, Status.PASSED) for each in RUBRIC.criteria))])
    assert {(each.passed, each.share) for each in found.criteria} == {(1, Decimal("0.5"))}
    assert len(found.bins) == 10
    assert (found.bins[0], found.bins[9], sum(found.bins)) == (1, 1, 2)


def test_part_of_the_credit_is_no_check_that_passed():
    own = Rubric("m", "M", Decimal(4), (Criterion("a", Decimal(4), "A", credit=Credit.VALUE),))
    run = Run((Outcome("a", "t", Status.PASSED, passes=1, value="1.5"),))
    part = score(own, run, student="s", module="m", path="p").criteria[0]
    assert (part.earned, part.status, part.outcomes[0].passes, part.outcomes[0].checks) == (
        Decimal("1.5"),
        Status.FAILED,
        0,
        1,
    )


@pytest.mark.parametrize(
    ("each", "status", "findings", "earned"),
    [
        ("0.5", Status.FAILED, 3, "1.5"),
        ("0.5", Status.FAILED, 9, "0"),
        ("0.125", Status.FAILED, 1, "2.875"),
        ("0.5", Status.PASSED, 1, "3"),
        ("0.5", Status.BLOCKED, 1, "0"),
        ("0.5", Status.ERROR, 1, "0"),
        (None, Status.FAILED, 1, "0"),
    ],
)
def test_each_finding_costs_what_the_rubric_says(each, status, findings, earned):
    criterion = Criterion("s", Decimal(3), "S", kind=CriterionKind.STYLE, each=Decimal(each) if each else None)
    run = Run((outcome("s", status, checks=findings),))
    grade = score(Rubric("m", "M", Decimal(3), (criterion,)), run, student="s", module="m", path="p")
    assert grade.earned == Decimal(earned)


def test_by_value_each_test_is_looked_at():
    rubric = Rubric("m", "M", Decimal(4), (Criterion("a", Decimal(4), "A", credit=Credit.VALUE),))
    tests = (outcome("a", Status.FAILED), Outcome("a", "t::b", Status.PASSED, value="1.5"))
    part = score(rubric, Run(tests), student="s", module="m", path="p").criteria[0]
    assert (part.earned, part.status) == (Decimal("1.5"), Status.FAILED)
