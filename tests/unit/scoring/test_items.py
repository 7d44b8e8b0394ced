"""What criteria tell of each other: hand-computed correlations, pairs and groups."""

from dataclasses import replace
from decimal import Decimal
from statistics import correlation

import pytest

from tito.model.grade import Grade
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.rubric import Criterion, CriterionKind, Rubric
from tito.scoring import score
from tito.scoring.items import alike, items, together

RUBRIC = Rubric("01_m", "M", Decimal(6), tuple(Criterion(name, Decimal(2), name.upper()) for name in "abc"))


def grade(student, passed, *, message="got 1", **fields):
    outcomes = tuple(
        Outcome(each.id, f"t::{each.id}", Status.PASSED)
        if each.id in passed
        else Outcome(each.id, f"t::{each.id}", Status.FAILED, failure=Failure(message))
        for each in RUBRIC.criteria
    )
    return replace(score(RUBRIC, Run(outcomes), student=student, module="01_m", path="w.py"), **fields)


def crowd(*passed):
    return [grade(f"s{number}", own) for number, own in enumerate(passed)]


def test_an_items_correlation_is_with_the_rest_of_the_points_alone():
    found = {each.id: each for each in items(RUBRIC, crowd("abc", "abc", "a", "", "bc", ""))}
    # a is 1 1 1 0 0 0, b and c together 4 4 0 0 4 0.
    assert found["a"].rest == pytest.approx(1 / 3)
    assert (found["a"].passed, found["a"].of, found["a"].share) == (3, 6, 0.5)


def test_who_says_nothing_is_left_out():
    refused = Grade("r", "01_m", "w.py", Decimal(0), Decimal(6), grade("r", "").criteria, refusal="torn")
    found = items(RUBRIC, [*crowd("abc", "", "a", "b"), refused, grade("e", "abc", excused="ill")])
    assert [each.of for each in found] == [4, 4, 4]
    assert [each.rest for each in found] == [None, None, None]


def test_where_all_earn_the_same_there_is_no_correlation():
    assert [each.rest for each in items(RUBRIC, crowd(*["abc"] * 6))] == [None] * 3


def test_what_a_person_has_yet_to_grade_counts_for_nobody():
    rubric = replace(RUBRIC, criteria=(*RUBRIC.criteria[:2], replace(RUBRIC.criteria[2], kind=CriterionKind.MANUAL)))
    run = Run((Outcome("a", "t::a", Status.PASSED), Outcome("b", "t::b", Status.PASSED)))
    graded = [score(rubric, run, student="s", module="01_m", path="w.py")] * 6
    assert [each.of for each in items(rubric, graded)] == [6, 6, 0]


def test_criteria_that_are_lost_together_are_a_pair_with_its_phi():
    (pair,) = together(RUBRIC, crowd(*["abc"] * 5, *["c"] * 5, "bc"))
    assert (pair.first, pair.second, pair.both, pair.either) == ("a", "b", 5, 6)
    # phi of the table 5, 1, 0, 5: (5*5 - 1*0) / sqrt(6*5*5*6)
    assert pair.phi == pytest.approx(25 / 30)


def test_few_who_lose_both_are_no_pair():
    assert together(RUBRIC, crowd(*["abc"] * 9, *["c"] * 4)) == ()


def test_equal_failures_are_one_group_whatever_the_values():
    first = grade("ann", "bc", message="expected 3, got 'x'")
    second = grade("bob", "bc", message="expected 41.5, got 'yy'")
    third = grade("cy", "bc", message="no such name")
    (group,) = alike([first, second, third])
    assert (group.criterion, group.students, group.cause) == ("a", ("ann", "bob"), "failed: expected …, got …")
    assert alike([third, second, first])[0].key == group.key


def test_a_known_mistake_names_the_group():
    known = [
        replace(each, criteria=tuple(replace(part, mistake="no axis") if part.criterion.id == "a" else part
                                     for part in each.criteria))
        for each in (grade("ann", "bc", message="x"), grade("bob", "bc", message="y"))
    ]  # fmt: skip
    assert [(each.cause, each.students) for each in alike(known)] == [("no axis", ("ann", "bob"))]


def test_a_group_is_named_by_six_signs_that_its_cause_decides():
    first, second = alike(crowd("bc", "bc")), alike(crowd("bc", "bc", "bc"))
    assert [len(each.key) for each in first] == [6]
    assert first[0].key == second[0].key


def test_of_five_grades_a_correlation_is_told_and_of_four_none():
    five = ["abc", "abc", "a", "", "bc"]
    assert all(each.rest is not None for each in items(RUBRIC, crowd(*five)))
    assert all(each.rest is None for each in items(RUBRIC, crowd(*five[:4])))


def test_criteria_that_are_lost_apart_are_no_pair():
    assert together(RUBRIC, crowd(*["a"] * 6, *["bc"] * 6, *["ab"] * 5, *["c"] * 5, *[""] * 5)) == ()


def test_the_largest_group_comes_first_and_its_cause_is_cut():
    long = "no " * 200
    found = alike(
        [
            *(grade(f"s{n}", "bc", message="no") for n in range(2)),
            *(grade(f"t{n}", "bc", message=long) for n in range(3)),
        ]
    )
    assert [len(each.students) for each in found] == [3, 2]
    assert found[0].cause == f"failed: {long}"[:160]


def test_a_small_spread_is_a_correlation_all_the_same():
    small = replace(RUBRIC, criteria=tuple(replace(each, points=Decimal("0.02")) for each in RUBRIC.criteria))
    graded = [
        replace(each, criteria=tuple(replace(part, earned=part.earned / 100) for part in each.criteria))
        for each in crowd("abc", "abc", "a", "", "bc", "")
    ]
    assert items(small, graded)[0].rest == pytest.approx(1 / 3)


def test_the_strongest_pair_comes_first():
    passed = [*["abc"] * 9, "ab", *["c"] * 1, *[""] * 9]
    found = together(RUBRIC, crowd(*passed))
    assert [each.phi for each in found] == sorted((each.phi for each in found), reverse=True)
    assert len(found) > 1


def test_what_is_not_graded_yet_is_nothing_in_the_rest():
    graded = crowd("abc", "abc", "a", "", "bc", "")
    waiting = [
        replace(each, criteria=(*each.criteria[:2], replace(each.criteria[2], pending=True, earned=Decimal(0))))
        for each in graded[:3]
    ]
    zero = [
        replace(each, criteria=(*each.criteria[:2], replace(each.criteria[2], earned=Decimal(0))))
        for each in graded[:3]
    ]
    assert items(RUBRIC, [*waiting, *graded[3:]])[0].rest == items(RUBRIC, [*zero, *graded[3:]])[0].rest


def test_the_rest_is_the_sum_of_what_was_earned():
    def shared(student, *shares):
        own = grade(student, "abc")
        parts = (replace(each, earned=Decimal(share)) for each, share in zip(own.criteria, shares, strict=True))
        return replace(own, criteria=tuple(parts))

    rows = [(0, 0, 0), (0, 1, 0), (2, 2, 0), (2, 2, 2), (1, 0, 1), (2, 1, 2)]
    first = items(RUBRIC, [shared(f"s{number}", *row) for number, row in enumerate(rows)])[0]
    assert first.rest == pytest.approx(correlation([row[0] for row in rows], [row[1] + row[2] for row in rows]))
