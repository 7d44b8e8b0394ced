"""A reviewer's way through answers: anonymous, saved at once, undone, and shared with another reviewer."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tito.errors import UsageError
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import locate
from tito.gradebook.read import current
from tito.gradebook.record import Batch, Entry, record
from tito.model.course import Course, Module
from tito.model.outcome import Run
from tito.model.rubric import Criterion, CriterionKind, Level, Rubric
from tito.model.submission import Answer
from tito.scoring import score
from tito.workflows.book.review import Given, Wanted, grade_one, progress, start

NOW = datetime(2026, 10, 5, tzinfo=UTC)
GOOD, POOR = Level("good", Decimal(3)), Level("poor", Decimal(1))
WHY = Criterion("why", Decimal(3), "Why", kind=CriterionKind.MANUAL, levels=(GOOD, POOR))
STYLE = Criterion("style", Decimal(2), "Style", kind=CriterionKind.MANUAL)
RUBRIC = Rubric("01_m", "M", Decimal(5), (WHY, STYLE))


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path, modules=(Module("01_m", None, tmp_path, tmp_path),))


@pytest.fixture
def book(tmp_path):
    made = open_gradebook(locate("g.db", tmp_path), NOW, create=True)
    hand_in(made, ann="A.", bob="B.", cy="C.")
    return made


def hand_in(book, **texts):
    entries = []
    for name, text in texts.items():
        grade = score(RUBRIC, Run(()), student=name, module="01_m", path=f"{name}.py")
        answers = (Answer("why", text, f"d-{text}", 7), Answer("style", "x = 1", "d-x"))
        entries.append(Entry(grade, f"sha-{name}-{text}", answers))
    with book.writing() as connection:
        record(connection, Batch(RUBRIC, "e", "ada", NOW, "tito"), entries)


def begun(course, book, author="ada", **wanted):
    return start(course, book, Wanted("01", **wanted), author)


def grades(book):
    with book.reading() as connection:
        return {each.grade.student: each.grade for each in current(connection)}


def test_one_criterion_comes_over_all_students_in_an_order_that_says_nothing_of_names(course, book):
    review = begun(course, book)
    assert [each.criterion.id for each in review.items] == ["why"] * 3 + ["style"] * 3
    assert [each.student for each in review.items[:3]] != [each.student for each in review.items[3:]]
    assert [each.student for each in review.items] == [each.student for each in begun(course, book).items]
    assert review.item.student not in review.item.alias


def test_a_mark_is_saved_at_once_and_the_next_review_goes_on_behind_it(course, book):
    review = begun(course, book)
    student = review.item.student
    assert review.mark(GOOD.points, GOOD.name) is None
    part = grades(book)[student].criteria[0]
    assert (part.earned, part.pending, part.mark.level, part.mark.author) == (3, False, "good", "ada")
    assert (review.place, review.left) == (1, 5)
    assert student not in [each.student for each in begun(course, book).items[:2]]
    assert len(begun(course, book, again=True).items) == 6


def test_undo_takes_back_marks_and_comments_one_by_one(course, book):
    review = begun(course, book)
    student = review.item.student
    review.comment("Say more.")
    review.mark(GOOD.points, GOOD.name)
    assert review.undo()
    assert grades(book)[student].criteria[0].pending
    assert (review.place, grades(book)[student].criteria[0].comment) == (0, "Say more.")
    assert review.undo()
    assert grades(book)[student].criteria[0].comment == ""
    assert not review.undo()


def test_undo_puts_an_earlier_mark_back(course, book):
    begun(course, book).mark(POOR.points, POOR.name)
    review = begun(course, book, again=True)
    student = review.item.student
    review.mark(GOOD.points, GOOD.name)
    review.undo()
    assert grades(book)[student].criteria[0].mark.level == "poor"


def test_a_mark_that_another_gave_meanwhile_is_told_and_not_lost(course, book):
    mine, other = begun(course, book, "ada"), begun(course, book, "eve")
    student = mine.item.student
    other.mark(POOR.points, POOR.name)
    told = mine.mark(GOOD.points, GOOD.name)
    assert (told.author, told.level) == ("eve", "poor")
    assert grades(book)[student].criteria[0].mark.level == "poor"
    assert mine.mark(GOOD.points, GOOD.name) is None
    assert grades(book)[student].criteria[0].mark.level == "good"


def test_comments_are_there_to_be_used_again_the_most_frequent_first(course, book):
    review = begun(course, book)
    for text in ("Rare.", "Often.", "Often."):
        review.comment(text)
        review.skip(1)
    review.skip(-1)
    assert review.comments() == ("Often.", "Rare.")


def test_another_answer_waits_again_and_the_same_one_keeps_its_mark(course, book):
    for name in ("ann", "bob"):
        grade_one(course, book, Wanted("01", "why", name), "ada", Given("good"))
    hand_in(book, ann="Something else.", bob="B.")
    assert grades(book)["ann"].criteria[0].pending
    assert grades(book)["bob"].criteria[0].earned == 3


def test_one_answer_is_graded_by_name(course, book):
    wanted = Wanted("01", "why", "ann")
    assert grade_one(course, book, wanted, "ada", Given("poor", comment="Why?")) == "ann, why: poor, 1 of 3"
    assert grade_one(course, book, wanted, "eve", Given(points="2.5")) == "ann, why: marked, 2.5 of 3"
    part = grades(book)["ann"].criteria[0]
    assert (part.earned, part.comment, part.mark.author) == (Decimal("2.5"), "Why?", "eve")


REFUSED = {
    "level": (Wanted("01", "why", "ann"), Given("fine"), "why has no level fine. There are good, poor."),
    "both": (Wanted("01", "why", "ann"), Given("good", "3"), "--level and --points are both given."),
    "too much": (Wanted("01", "why", "ann"), Given(points="4"), "4 points are not possible here."),
    "nobody": (Wanted("01", "why", "dan"), Given("good"), "no answer to why waits in 01_m. There is nothing"),
    "no criterion": (Wanted("01", "", "ann"), Given("good"), "a mark is for one answer. Name it by"),
    "unknown": (Wanted("01", "who", "ann"), Given("good"), "no answer to who waits in 01_m. There is something to grade for why, style."),
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "given", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_graded_is_told(course, book, wanted, given, told):
    with pytest.raises(UsageError) as caught:
        grade_one(course, book, wanted, "ada", given)
    assert str(caught.value).startswith(told)


def test_the_overview_counts_by_criterion(course, book):
    begun(course, book).mark(GOOD.points, GOOD.name)
    counts = [(each.criterion, each.marked, each.waiting) for each in progress(course, book, Wanted("01"))]
    assert counts == [("why", 1, 2), ("style", 0, 3)]


def test_a_dropped_criterion_waits_for_nobody(course, book):
    dropped = replace(WHY, dropped="unclear")
    rubric = replace(RUBRIC, criteria=(dropped, STYLE))
    grade = score(rubric, Run(()), student="dan", module="01_m", path="d.py")
    with book.writing() as connection:
        record(connection, Batch(rubric, "e2", "ada", NOW, "tito"), [Entry(grade, "sha")])
    assert [each.criterion.id for each in begun(course, book, student="dan").items] == ["style"]
