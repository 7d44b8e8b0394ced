"""When work was handed in: from where the instructor says, in the due date's zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from tito.collection.folders import find
from tito.collection.layout import Layout
from tito.errors import TitoError
from tito.model.course import Course
from tito.model.rubric import Amount, Late, Rubric
from tito.model.submission import Submission
from tito.workflows.grading.dates import Dates
from tito.workflows.grading.times import refuse_strangers, timed, times

BERLIN = timezone(timedelta(hours=2))
LATE = Late(datetime(2026, 10, 1, tzinfo=BERLIN), Amount(Decimal(1)))
RUBRIC = Rubric("m", "M", Decimal(1), (), LATE)


def known(tmp_path, text, column="when", dates=None):
    (tmp_path / "t.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    when = times(Course(tmp_path), f"{tmp_path / 't.csv'}{column and f':{column}'}", dates)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ann.py").write_text("")
    (found,) = find([tmp_path / "in"], Layout("m", "m_dev"))
    return timed(Submission("ann", "m", "p", None), found, RUBRIC, when)


FORMS = {
    "ISO with an offset": ("2026-10-01T23:59:00-01:00", datetime(2026, 10, 2, 0, 59, tzinfo=UTC)),
    "ISO without": ("2026-10-01 23:59", datetime(2026, 10, 1, 23, 59, tzinfo=BERLIN)),
    "UTC by name": ("2026-10-01 23:59:00 UTC", datetime(2026, 10, 1, 23, 59, tzinfo=UTC)),
    "an offset apart": ("2026-10-01 23:59:00 -0700", datetime(2026, 10, 2, 6, 59, tzinfo=UTC)),
    "seconds since 1970": ("1790899140", datetime.fromtimestamp(1790899140, UTC)),
    "the month first": ("10/23/2026 11:59 PM", datetime(2026, 10, 23, 23, 59, tzinfo=BERLIN)),
    "the day first": ("23/10/26 23:59", datetime(2026, 10, 23, 23, 59, tzinfo=BERLIN)),
    "with points": ("3.10.2026 23:59", datetime(2026, 10, 3, 23, 59, tzinfo=BERLIN)),
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
    "either way": (
        "id,when\nann,3/4/2026\n",
        "when",
        "t.csv:2: '3/4/2026' can be read in two ways. Say with --dates mdy",
    ),
    "both ways": (
        "id,when\nann,13/4/2026\nbob,4/13/2026\n",
        "when",
        "t.csv:2: '13/4/2026' and others of this column are",
    ),
    "no known column": (
        "id,then\nann,\n",
        "",
        "t.csv:1: no column is known to say when work was handed in. Name it as",
    ),
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
    (found,) = find([tmp_path / "ann.py"], Layout("m", "m_dev"))
    course = Course(tmp_path)
    assert times(course, "")(found).moment is None
    assert abs(times(course, "mtime")(found).moment - datetime.now(UTC)) < timedelta(hours=1)
    settings = replace(course.settings, time_from="mtime")
    assert times(replace(course, settings=settings), "")(found).moment is not None
    assert times(course, "archive")(found).moment is None


NOON = datetime(2026, 10, 3, 12, tzinfo=BERLIN)
# Each system's own file, named alone: the headers as their documentation has them.
FILES = {
    "Moodle": 'Identifier,"Full name","ID number","Email address",Status,"Last modified (submission)"\nParticipant 4,A Lee,s1,ann,x,"Saturday, 3 October 2026, 12:00 PM"\n',
    "Moodle by participant": "Identifier,Last modified (submission)\nParticipant ann,2026-10-03 12:00\n",
    "Gradescope": "First Name,Last Name,SID,Email,Submission Time,Lateness (H:M:S)\nA,Lee,ANN,a@x,2026-10-03 12:00:00 +0200,48:00:00\n",
    "Canvas ids beside logins": 'Student,ID,SIS Login ID,Submitted\n"Lee, Ann",1001,ann,2026-10-03T10:00:00Z\n',
    "our own": "student,submitted,attempts,source\nann,2026-10-03T12:00:00+02:00,1,x\n",
    "semicolons": "\ufeffusername;submitted\r\n ann ;2026-10-03 12:00\r\n",
}  # fmt: skip


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_systems_own_file_is_known_by_its_header(tmp_path, text):
    assert known(tmp_path, text, "").submitted == NOON


def test_utf_16_with_tabs_is_read(tmp_path):
    assert known(tmp_path, "username\tsubmitted\nann\t2026-10-03 12:00\n".encode("utf-16"), "").submitted == NOON


@pytest.mark.parametrize("nothing", ["", "-", "\u2013", "N/A"])
def test_a_sign_for_nothing_is_no_time_and_no_error(tmp_path, nothing):
    assert known(tmp_path, f"id,when\nann,{nothing}\n").submitted is None


def test_of_several_rows_of_a_student_the_latest_counts_and_is_noted(tmp_path):
    found = known(tmp_path, "id,when\nann,2026-10-03 12:00\nann,2026-10-01 11:00\nbob,-\n")
    assert found.submitted == NOON
    assert found.notes == (f"2 times of submission in {tmp_path / 't.csv'}: the latest counts",)


def test_rows_of_two_students_by_one_name_give_no_time_and_are_named(tmp_path):
    found = known(tmp_path, "id,login,when\nann,x,2026-10-03\n7,ann,2026-10-04\n")
    assert found.submitted is None
    assert "lines 2 and 3 of" in found.notes[0]


@pytest.mark.parametrize(("dates", "month"), [(Dates.MONTH_FIRST, 3), (Dates.DAY_FIRST, 4)])
def test_an_ambiguous_date_is_read_as_one_says(tmp_path, dates, month):
    assert known(tmp_path, "id,when\nann,3/4/2026 12:00\n", "when", dates).submitted.month == month


def test_a_file_that_names_nobody_of_the_class_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("ID,Submitted\n1001,-\n", "utf-8")
    (tmp_path / "ann.py").write_text("")
    found = find([tmp_path / "ann.py"], Layout("m", "m_dev"))
    with pytest.raises(
        TitoError, match=r"does not name the one student who handed in: it has ID, such as 1001\. Export"
    ):
        refuse_strangers(times(Course(tmp_path), str(tmp_path / "t.csv")), found)


def test_times_that_collect_found_are_used_by_themselves(tmp_path):
    (tmp_path / "ann.py").write_text("")
    (tmp_path / "times-m.csv").write_text("student,submitted,attempts,source\nann,2026-10-03T12:00:00+02:00,1,x\n")
    (found,) = find([tmp_path / "ann.py"], Layout("m", "m_dev"))
    assert times(Course(tmp_path), "", None, [tmp_path], "m")(found).moment == NOON
    assert times(Course(tmp_path), "", None, [tmp_path], "other")(found).moment is None


STAMPS = {
    "2015-02-02 15:58:23.948203 America/Los_Angeles": datetime(2015, 2, 2, 23, 58, 23, 948203, tzinfo=UTC),
    "2026-10-01 23:59:00 UTC": datetime(2026, 10, 1, 23, 59, tzinfo=UTC),
    "2026-10-01 23:59:00": datetime(2026, 10, 1, 23, 59, tzinfo=UTC),
    "2026-10-01T23:59:00+02:00": datetime(2026, 10, 1, 21, 59, tzinfo=UTC),
    "yesterday": None,
    "": None,
}


@pytest.mark.parametrize("text", STAMPS)
def test_nbgraders_timestamp_lies_beside_what_it_collects(text, tmp_path):
    (tmp_path / "in/ann/ps1").mkdir(parents=True)
    (tmp_path / "in/ann/ps1/p.ipynb").write_text("{}")
    (tmp_path / "in/ann/ps1/timestamp.txt").write_text(f"{text}\n")
    (found,) = find([tmp_path / "in"], Layout("ps1", "p"))
    time = times(Course(tmp_path), "nbgrader")(found)
    assert time.moment == STAMPS[text]
    assert bool(time.note) is (STAMPS[text] is None)


def test_a_file_with_heads_of_another_language_names_students_by_what_stands_in_a_column(tmp_path):
    text = "ID;E-Mail-Adresse;Bewertung;Geändert\n1;ann;5;2026-10-03 12:00\n2;bob;5;2026-10-04 12:00\n"
    assert known(tmp_path, text, "Geändert").submitted == NOON
