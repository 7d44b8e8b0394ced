"""Student ids, and whose file of a download each is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tito.collection.attempts import attempts, by_students, moment_of
from tito.collection.disk import at
from tito.collection.ids import MAX_ID, same, student_id
from tito.collection.lms import Handed
from tito.collection.naming import Naming

NAMES = Naming("02_m", "m_dev")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "is empty"),
        ("a\u202eb", "act or hide"),
        ("a\tb", "act or hide"),
        ("a/b", "holds `/`"),
        ("-a", "begins or ends"),
        ("a.", "begins or ends"),
        ("NUL.txt", "Windows"),
        ("com1", "Windows"),
        ("a\ud800", "UTF-8"),
    ],
)
def test_an_id_that_would_be_more_than_a_name_is_refused(name, fault):
    assert fault in student_id(name)[1]


def test_an_id_may_have_a_hundred_characters():
    assert student_id("a" * MAX_ID) == ("a" * 100, "")
    shown, fault = student_id("a" * 101)
    assert fault == "the student's id is longer than 100 characters"
    assert (shown[:41], len(shown)) == ("a" * 40 + "…", 47)
    assert student_id("a" * 102)[0] != shown
    assert student_id("?" + "a" * 39)[0] == "?" + "a" * 39


def test_ids_that_differ_in_form_or_case_are_one():
    assert student_id("Ande\u0301") == ("And\u00e9", "")
    assert same(" And\u00c9 ") == same("and\u00e9")


@pytest.fixture
def handed(tmp_path):
    def make(name, *, keys=("ann",), fault="", **more):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        path.write_text("x = 1")
        return Handed(keys, keys[0] if keys else "", name, at(path), fault=fault, **more)

    return make


def test_a_file_without_a_name_is_nobodys(handed):
    files, left = by_students(
        [handed("m_dev.py", keys=()), handed("m_dev.py"), handed("m_dev.py", keys=("Ann",))], None
    )
    assert [(student, len(own)) for student, own in files.items()] == [("ann", 2)]
    assert [each.why for each in left] == ["its name is not one that this download gives"]
    assert by_students([handed("m", keys=(), fault="a link")], None)[1][0].why == "a link"


def test_the_latest_of_the_surest_name_comes_last(handed):
    moments = [datetime(2026, 10, day, tzinfo=UTC) for day in (3, 1)]
    own = [handed("m_dev.py", at=moment) for moment in moments]
    found, left = attempts([*own, handed("m_dev-1.py", at=moments[0]), handed("m_dev.py", fault="torn")], NAMES, UTC)
    assert [each.at.day for each in found] == [1, 3]
    assert [each.why for each in left] == ["torn", "not named m_dev, as another is"]


def test_of_other_names_the_only_one_is_taken_and_of_two_none(handed):
    (one,), _ = attempts([handed("work.py")], NAMES, UTC)
    assert one.notes == ("`work.py` was taken for m_dev: the only file there",)
    found, left = attempts([handed("work.py"), handed("more.py")], NAMES, UTC)
    assert found == []
    assert {each.why for each in left} == {"2 files could be the work: more.py, work.py"}


def test_a_clock_on_the_wall_is_of_the_courses_zone(handed):
    zone = timezone(timedelta(hours=2))
    assert moment_of(handed("m_dev.py", at=datetime(2026, 10, 1)), zone).isoformat() == "2026-10-01T00:00:00+02:00"  # noqa: DTZ001
    assert moment_of(handed("m_dev.py"), zone) is None
