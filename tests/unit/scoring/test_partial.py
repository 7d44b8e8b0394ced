"""Partial credit: a defined result for everything that a test can end in."""

from decimal import Decimal

import pytest

from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Credit, Criterion, Rubric
from tito.scoring import score
from tito.scoring.partial import partial_credit

RUBRIC = Rubric("m", "M", Decimal(5), (Criterion("a", Decimal(5), "A", credit=Credit.VALUE),))
CASES = {
    "all of it": ("5", "5", ""),
    "a part": ("2.5", "2.5", "the test gives 2.5 of 5 points"),
    "nothing": ("0", "0", "the test gives 0 of 5 points"),
    "True": ("True", "5", ""),
    "False": ("False", "0", "the test ends in False"),
    "nan": ("nan", "0", "the test ends in nan, which is no number of points"),
    "infinity": ("inf", "0", "the test ends in inf, which is no number of points"),
    "negative": ("-3", "0", "the test gives -3 of 5 points"),
    "above the maximum": ("7", "5", ""),
    "no number": ("a list", "0", "the test ends in a list, not in a number of points"),
    "no value": ("", "0", "the test ends in nothing, not in a number of points"),
    "many decimals": ("1.23456", "1.23", "the test gives 1.23456 of 5 points"),
    "half a cent": ("1.125", "1.13", "the test gives 1.125 of 5 points"),
    "just below": ("4.999", "5.00", "the test gives 4.999 of 5 points"),
}


@pytest.mark.parametrize(("value", "points", "why"), CASES.values(), ids=CASES)
def test_every_end_of_a_test_has_its_points(value, points, why):
    assert partial_credit(value, Decimal(5)) == (Decimal(points), why)


def graded(*outcomes):
    return score(RUBRIC, Run(outcomes), student="s", module="m", path="p").criteria[0]


def test_a_part_is_no_pass_and_says_how_much_it_is():
    grade = graded(Outcome("a", "t", Status.PASSED, passes=1, value="2.5"))
    assert (grade.earned, grade.status) == (Decimal("2.5"), Status.FAILED)
    assert grade.outcomes[0].failure.message == "the test gives 2.5 of 5 points"


def test_a_test_that_fails_gives_nothing_whatever_it_would_have_ended_in():
    grade = graded(Outcome("a", "t", Status.FAILED, value="5"))
    assert (grade.earned, grade.status) == (0, Status.FAILED)


def test_several_tests_add_up_to_no_more_than_the_points():
    grade = graded(*(Outcome("a", "t", Status.PASSED, passes=1, value="3") for _ in range(2)))
    assert (grade.earned, grade.status) == (5, Status.PASSED)
