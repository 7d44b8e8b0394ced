"""Two ids that are one student: nothing of either is lost, and the newer counts."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.unit.gradebook.conftest import NOW, graded, write
from tito.errors import UsageError
from tito.gradebook import people, schema
from tito.gradebook.decisions import decide
from tito.gradebook.read import current, history


def merged(book, old, into):
    with book.writing() as connection:
        people.merge(connection, old, into)


def test_grades_and_decisions_of_both_are_one_students(book):
    write(book, graded("ann", "a"))
    write(book, graded("ann2", "b"))
    with book.writing() as connection:
        who = people.student(connection, "ann2"), people.module(connection, "01_m")
        decide(connection, schema.overrides, who, "ms", NOW, criterion="a", earned=Decimal(1), reason="half")
    merged(book, "ann2", "ann")
    with book.reading() as connection:
        (kept,) = current(connection)
        runs = history(connection, student="ann")
        names = [each.name for each in people.students(connection)]
    assert (kept.grade.student, kept.grade.earned, len(runs), names) == ("ann", 4.5, 2, ["ann"])


def test_the_same_file_of_both_is_one_submission_with_all_its_runs(book):
    write(book, graded("ann", "a"))
    write(book, graded("abe", "a", "b"))
    merged(book, "ann", "abe")
    with book.reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.submissions)).scalar() == 1
        assert len(history(connection, student="abe")) == 2
        assert current(connection)[0].grade.earned == 10


def test_one_student_is_not_merged_with_itself(book):
    write(book, graded("ann", "a"))
    with pytest.raises(UsageError, match="one student already"):
        merged(book, "ann", "ann")
