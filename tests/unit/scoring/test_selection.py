"""Which grades are looked at, and in which order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Status
from tito.model.rubric import Criterion
from tito.scoring.selection import Only, Order, select

PART = CriterionGrade(Criterion("a", Decimal(5), "A"), Status.PASSED, Decimal(5), ())
ANN = Grade("ann", "m", "p", Decimal(5), Decimal(5), (PART,), seconds=1.0, submitted=datetime(2026, 1, 2, tzinfo=UTC))
BOB = replace(
    ANN, student="bob", earned=Decimal(0), criteria=(replace(PART, status=Status.FAILED),), late=timedelta(1)
)
CY = replace(ANN, student="cy", refusal="torn", criteria=(replace(PART, status=Status.BLOCKED),), submitted=None)
DAN = replace(
    ANN, student="dan", notes=("odd",), criteria=(replace(PART, status=Status.PENDING, pending=True),), seconds=2.0
)
EVE = replace(ANN, student="eve", criteria=(replace(PART, status=Status.BROKEN),))
CLASS = (ANN, BOB, CY, DAN, EVE)


@pytest.mark.parametrize(
    ("only", "students"),
    [
        (Only.FAILED, "bob eve"),
        (Only.LATE, "bob"),
        (Only.REFUSED, "cy"),
        (Only.NOTES, "dan"),
        (Only.INCOMPLETE, "dan"),
        (Only.BROKEN, "eve"),
    ],
)
def test_only_those_that_are_wanted_are_left(only, students):
    assert [each.student for each in select(CLASS, only=only)] == students.split()


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.STUDENT, "ann"),
        (Order.POINTS, "bob"),
        (Order.SUBMITTED, "cy"),
        (Order.LATE, "bob"),
        (Order.SECONDS, "dan"),
    ],
)
def test_an_order_puts_first_what_needs_a_look(order, first):
    assert select(CLASS, order)[0].student == first
