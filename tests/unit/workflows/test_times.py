"""When work was handed in: from where the instructor says, in the due date's zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from tito.collection.folders import find
from tito.errors import TitoError
from tito.model.course import Course
from tito.model.rubric import Amount, Late, Rubric
from tito.model.submission import Submission
from tito.workflows.grading.times import timed, times

BERLIN = timezone(timedelta(hours=2))
LATE = Late(datetime(2026, 10, 1, tzinfo=BERLIN), Amount(Decimal(1)))
RUBRIC = Rubric("m", "M", Decimal(1), (), LATE)


def known(tmp_path, text, column="when"):
    (tmp_path / "t.csv").write_text(text, "utf-8")
    when = times(Course(tmp_path), f"{tmp_path / 't.csv'}:{column}")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ann.py").write_text("")
    (found,) = find([tmp_path / "in"], "m", "m_dev")
    return timed(Submission("ann", "m", "p", None), found, RUBRIC, when)


FORMS = {
    "ISO with an offset": ("2026-10-01T23:59:00-01:00", datetime(2026, 10, 2, 0, 59, tzinfo=UTC)),
    "ISO without": ("2026-10-01 23:59", datetime(2026, 10, 1, 23, 59, tzinfo=BERLIN)),
    "UTC by name": ("2026-10-01 23:59:00 UTC", datetime(2026, 10, 1, 23, 59, tzinfo=UTC)),
    "an offset apart": ("2026-10-01 23:59:00 -0700", datetime(2026, 10, 2, 6, 59, tzinfo=UTC)),
    "Moodle's": ('"Thursday, 1 October 2026, 11:59 PM"', datetime(2026, 10, 1, 23, 59, tzinfo=BERLIN)),
}


@pytest.mark.parametrize(("text", "moment"), FORMS.values(), ids=FORMS)
def test_a_columns_time_is_read(tmp_path, text, moment):
    assert known(tmp_path, f"id,when\nann,{text}\n").submitted == moment


def test_whoever_has_no_time_is_told(tmp_path):
    found = known(tmp_path, "id,when\nbob,2026-10-01\nann,\n")
    assert (found.submitted, found.notes) == (
        None,
        ("no time of submission is known, so lateness was not looked at",),
    )


FAULTS = {
    "no time": ("id,when\nann,yesterday\n", "when", "t.csv:2: 'yesterday' is no date and time."),
    "no column": ("id,when\nann,\n", "then", "t.csv:1: there is no column then. There are id, when."),
    "no id": ("who,when\nann,\n", "when", "t.csv:1: no column looks like the students' ids."),
}


@pytest.mark.parametrize(("text", "column", "told"), FAULTS.values(), ids=FAULTS)
def test_a_column_that_cannot_be_read_is_told_at_its_line(tmp_path, text, column, told):
    with pytest.raises(TitoError) as caught:
        known(tmp_path, text, column)
    assert told in str(caught.value)


def test_a_source_that_is_none_is_told(tmp_path):
    with pytest.raises(TitoError, match="there is no source of times named clock"):
        times(Course(tmp_path), "clock")
    with pytest.raises(TitoError, match="there is no such file"):
        times(Course(tmp_path), "no.csv:when")


def test_a_files_own_time_counts_when_it_is_asked_for_alone(tmp_path):
    (tmp_path / "ann.py").write_text("")
    (found,) = find([tmp_path / "ann.py"], "m", "m_dev")
    course = Course(tmp_path)
    assert times(course, "")(found) is None
    assert abs(times(course, "mtime")(found) - datetime.now(UTC)) < timedelta(hours=1)
    settings = replace(course.settings, time_from="mtime")
    assert times(replace(course, settings=settings), "")(found) is not None
    assert times(course, "archive")(found) is None
