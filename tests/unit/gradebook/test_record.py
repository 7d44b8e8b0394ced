"""Grades kept: exact, whole, and never overwritten."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select, update

from tests.unit.gradebook.conftest import NOW, RUBRIC, graded, write
from tito.gradebook import schema
from tito.gradebook.read import current, history, of_batch, with_outcomes
from tito.model.outcome import Status


def kept(book, **which):
    with book.reading() as connection:
        return current(connection, **which)


def test_a_grade_comes_back_as_it_was_written(book):
    grade = replace(graded("ann", "a"), submitted=NOW - timedelta(days=1))
    write(book, grade)
    (found,) = kept(book)
    with book.reading() as connection:
        (whole,) = with_outcomes(connection, [found])
    assert (found.grade.earned, found.grade.possible) == (Decimal("6.5"), 10)
    assert (found.tool, found.digest, found.at) == ("tito 0", "sha-3-a", NOW)
    assert found.rubric == RUBRIC
    assert whole.criteria[1].outcomes == grade.criteria[1].outcomes
    assert replace(whole, criteria=()) == replace(grade, criteria=())


def test_every_run_stays_and_the_newest_counts(book):
    write(book, graded("ann"), graded("bob", "a", "b"))
    write(book, graded("ann", "a"), digest="d2")
    assert {each.grade.student: each.grade.earned for each in kept(book)} == {"ann": Decimal("6.5"), "bob": 10}
    with book.reading() as connection:
        assert [each.grade.earned for each in history(connection, student="ann")] == [0, Decimal("6.5")]
        assert [each.current for each in history(connection, student="ann")] == [False, True]


def test_the_same_submission_rubric_and_student_are_one_row_each(book):
    for _ in range(2):
        write(book, graded("ann"))
    with book.reading() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (schema.students, schema.submissions, schema.editions, schema.criteria, schema.runs)
        ]
    assert counts == [1, 1, 1, 2, 2]


def test_criteria_are_kept_as_they_were_locked_at_the_time(book):
    write(book, graded("ann", "a"))
    criteria = (replace(RUBRIC.criteria[0], points=Decimal(10), title="New"),)
    later = replace(RUBRIC, criteria=criteria)
    write(book, graded("bob", rubric=later), rubric=later, digest="d2")
    ann, bob = kept(book)
    assert (len(ann.rubric.criteria), ann.grade.criteria[0].criterion.title) == (2, "A")
    assert (len(bob.rubric.criteria), bob.grade.criteria[0].criterion.title) == (1, "New")


def test_a_proposed_batch_counts_for_nobody(book):
    write(book, graded("ann", "a"))
    number = write(book, graded("ann"), digest="d2", proposed=True)
    assert kept(book)[0].grade.earned == Decimal("6.5")
    with book.reading() as connection:
        (found,) = of_batch(connection, number)
    assert (found.grade.earned, found.proposed, found.current) == (0, True, False)


def test_our_own_failure_never_takes_the_place_of_a_grade(book):
    broken = graded("ann", status=Status.BROKEN)
    write(book, broken)
    assert kept(book)[0].grade.broken
    write(book, graded("ann", "a"))
    write(book, broken)
    assert kept(book)[0].grade.earned == Decimal("6.5")


def test_one_module_or_student_is_read_alone(book):
    other = replace(RUBRIC, module="02_n")
    write(book, graded("ann"), graded("bob"))
    write(book, graded("ann", rubric=other), rubric=other)
    assert [(each.grade.module, each.grade.student) for each in kept(book)] == [
        ("01_m", "ann"), ("01_m", "bob"), ("02_n", "ann"),
    ]  # fmt: skip
    assert len(kept(book, student="ann")) == 2
    assert len(kept(book, module="02_n")) == 1


def test_small_points_sum_exactly(book):
    tenth = replace(RUBRIC.criteria[0], points=Decimal("0.1"))
    rubric = replace(RUBRIC, points=Decimal("0.1"), criteria=(tenth,))
    write(book, *(graded(f"s{n}", "a", rubric=rubric) for n in range(500)), rubric=rubric)
    with book.reading() as connection:
        total = connection.scalar(select(func.sum(schema.results.c.earned)))
    assert total == 50


def test_names_that_no_database_could_hold_are_kept_as_escapes(book):
    write(book, graded("a\x00\ud800b"))
    assert kept(book)[0].grade.student == "a\\x00\\ud800b"


def test_a_known_mistake_is_kept_with_its_grade(book):
    grade = graded("ann")
    parts = (replace(grade.criteria[0], mistake="It adds one."), grade.criteria[1])
    write(book, replace(grade, criteria=parts))
    with book.reading() as connection:
        (kept,) = current(connection)
    assert [each.mistake for each in kept.grade.criteria] == ["It adds one.", ""]


def test_outcomes_that_an_earlier_tito_kept_are_read(book):
    write(book, graded("ann", "a"))
    with book.writing() as connection:
        (row,) = connection.execute(select(schema.outcomes).where(schema.outcomes.c.status == "failed")).all()
        old = {"shared" if key == "beside" else key: value for key, value in row.whole.items()} | {"shared": True}
        connection.execute(update(schema.outcomes).where(schema.outcomes.c.id == row.id).values(whole=old))
    with book.reading() as connection:
        (whole,) = with_outcomes(connection, current(connection))
    assert [each.beside for part in whole.criteria for each in part.outcomes] == [False, True]
