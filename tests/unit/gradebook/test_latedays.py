"""A term's budget of late days: spent by due dates, by work that counts, and shown with what is left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.unit.gradebook.conftest import NOW, RUBRIC, graded, write
from tito.gradebook import people, schema
from tito.gradebook.decisions import decide
from tito.gradebook.read import current
from tito.model.rubric import Amount, Late, Per

DUE = datetime(2026, 10, 1, 12, tzinfo=UTC)


def late(module, due, per=Per.DAY):
    return replace(RUBRIC, module=module, late=Late(due, Amount(Decimal(10), percent=True), per))


def hand_in(book, module, weeks, days, **options):
    rubric = late(module, DUE + timedelta(weeks=weeks), **options)
    grade = graded("ann", "a", "b", rubric=rubric, submitted=rubric.late.due + timedelta(days=days))
    write(book, grade, rubric=rubric, digest=module)


def lines(book):
    with book.reading() as connection:
        return {each.grade.module: [(each.reason, each.points) for each in each.grade.adjustments]
                for each in current(connection)}  # fmt: skip


@pytest.fixture
def course(book):
    return replace(book, late_days=3)


def test_days_of_the_budget_cost_nothing_and_are_spent_by_due_date(course):
    hand_in(course, "02_b", 1, 2)
    hand_in(course, "01_a", 0, 2)
    assert lines(course) == {
        "01_a": [("2 days late: 2 days at 10 %, 2 from the budget (1 of 3 days left)", 0)],
        "02_b": [("2 days late: 2 days at 10 %, 1 from the budget (0 of 3 days left)", -1)],
    }


def test_one_module_alone_is_settled_as_with_all_of_them(course):
    hand_in(course, "01_a", 0, 3)
    hand_in(course, "02_b", 1, 1)
    with course.reading() as connection:
        (kept,) = current(connection, "02_b")
    assert kept.grade.final == 9


def test_hours_use_no_days_and_without_a_budget_nothing_is_free(book, course):
    hand_in(course, "01_a", 0, 1, per=Per.HOUR)
    hand_in(course, "02_b", 1, 3)
    assert lines(course)["02_b"] == [("3 days late: 3 days at 10 %, 3 from the budget (0 of 3 days left)", 0)]
    assert lines(book)["02_b"] == [("3 days late: 3 days at 10 %", -3)]


def test_whoever_is_excused_or_extended_spends_no_day_there(course):
    hand_in(course, "01_a", 0, 3)
    hand_in(course, "02_b", 1, 2)
    hand_in(course, "03_c", 2, 3)
    with course.writing() as connection:
        ann, first = people.student(connection, "ann"), people.module(connection, "01_a")
        decide(connection, schema.excuses, (ann, first), "ms", NOW, excused=True, reason="ill")
        second = people.module(connection, "02_b")
        decide(connection, schema.extensions, (ann, second), "ms", NOW, until=DUE + timedelta(days=9), reason="")
    assert [points for _, points in lines(course)["03_c"]] == [0]
