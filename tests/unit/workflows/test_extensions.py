"""Extensions for many from a CSV: all of them, or none and each wrong line."""

from datetime import UTC, datetime

import pytest

from tito.errors import CourseError
from tito.gradebook import people
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import locate
from tito.gradebook.people import Person
from tito.model.course import Course
from tito.model.rubric import Amount, Late
from tito.workflows.book import decide
from tito.workflows.book.decide import Case, extend_many

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
DUE = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def extended(tmp_path, monkeypatch):
    book = open_gradebook(locate("gradebook.db", tmp_path), NOW, create=True)
    with book.writing() as connection:
        people.enrol(connection, [Person("ann"), Person("bob")])
    monkeypatch.setattr(decide, "_late", lambda *_: Late(DUE, Amount(1)))
    monkeypatch.setattr(decide, "whole_name", lambda *_: "01_m")

    def extend(text):
        (tmp_path / "e.csv").write_text(text)
        return extend_many(Course(tmp_path), book, Case("", "01", "ms", NOW), tmp_path / "e.csv")

    return extend


def test_days_spans_and_dates_are_read_and_empty_lines_passed_over(extended):
    assert extended("id;days;until;reason\nann;2;;ill\nbob;;2026-10-05;\ncy;;;\n") == (
        "ann, 01_m: due 2026-10-03 12:00:00 UTC",
        "bob, 01_m: due 2026-10-05 23:59:59 UTC",
    )


def test_each_wrong_line_is_named_and_nothing_is_written(extended):
    with pytest.raises(CourseError) as raised:
        extended("id,by\nann,1d\nbob,soon\nzed,1d\n")
    assert [each.line for each in raised.value.problems] == [3, 4]
    with pytest.raises(CourseError, match="no column says how long"):
        extended("id,reason\nann,ill\n")
