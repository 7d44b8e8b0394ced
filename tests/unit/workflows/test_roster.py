"""Rosters: each LMS's export as it is, and who is shown, removed and renamed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tito.errors import TitoError
from tito.gradebook import people
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import locate
from tito.model.course import Course, Settings
from tito.workflows.book.roster import full_names, import_roster, remove, rename_student, show
from tito.workflows.book.sections import members, sections_of

NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Lesson (4711),Final Score
,,,,,Manual Posting,
    Points Possible,,,,,5,(read only)
"Lee, Ann",1001,s1001,alee,Python 01,,
"O'Neil, Bob",1002,s1002,boneil,"Python 01 and Lab, A",,
"Student, Test",1999,,abcdef0123,Python 01,,
"""
MOODLE = """Identifier,"Full name","ID number","Email address",Status,Grade
Participant 4101,Ann Lee,alee,ann@x.example,Submitted,
Participant 4102,Bob O'Neil,boneil,bob@x.example,No submission,
"""
PARTICIPANTS = "First name\tLast name\tUsername\tEmail address\nAnn\tLee\talee\ta@x\nBob\tO'Neil\tboneil\tb@x\n"
BLACKBOARD = (
    '"Last Name","First Name","Username","Student ID"\n"Lee","Ann","alee","1"\n"O\'Neil","Bob","boneil","2"\n'
)
GRADESCOPE = "First Name,Last Name,SID,Email,Sections\nAnn,Lee,alee,a@x,1\nBob,O'Neil,boneil,b@x,1\n"
EXPORTS = {
    "Canvas": CANVAS.encode(),
    "Canvas with a mark and Windows' lines": b"\xef\xbb\xbf" + CANVAS.replace("\n", "\r\n").encode(),
    "Canvas in UTF-16": CANVAS.encode("utf-16"),
    "Moodle's worksheet": MOODLE.encode(),
    "Moodle's participants": PARTICIPANTS.encode("utf-16"),
    "semicolons": MOODLE.replace(",", ";").encode(),
    "Blackboard": BLACKBOARD.encode(),
    "Gradescope": GRADESCOPE.encode(),
}


@pytest.fixture
def book(tmp_path):
    return open_gradebook(locate("gradebook.db", tmp_path), NOW, create=True)


def imported(book, tmp_path, content, column=""):
    (tmp_path / "r.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_roster(book, tmp_path / "r.csv", column)


@pytest.mark.parametrize("content", EXPORTS.values(), ids=EXPORTS)
def test_an_lmss_export_is_a_roster_as_it_is(book, tmp_path, content):
    assert imported(book, tmp_path, content).students == 2
    assert full_names(book) == {"alee": "Ann Lee", "boneil": "Bob O'Neil"}


def test_who_is_new_gone_and_changed_is_told(book, tmp_path):
    imported(book, tmp_path, "id,name\nann,Ann\nbob,Bob\n")
    done = imported(book, tmp_path, "id,name\nbob,Robert\ncy,Cy\n")
    assert (done.students, done.new, done.gone, done.changed) == (2, 1, ("ann",), ("bob",))
    assert [each.name for each in show(book)] == ["ann", "bob", "cy"]


def test_a_wrong_column_is_undone_by_one_command(book, tmp_path):
    imported(book, tmp_path, CANVAS, "ID")
    assert imported(book, tmp_path, CANVAS).gone == ("1001", "1002")
    assert remove(book, (), tmp_path / "r.csv") == ("1001", "1002")
    assert [each.name for each in show(book)] == ["alee", "boneil"]


def test_whoever_is_not_on_the_roster_cannot_be_removed(book, tmp_path):
    imported(book, tmp_path, "id\nann\n")
    with pytest.raises(TitoError, match="bob is not on the roster"):
        remove(book, ("ann", "bob"))
    assert remove(book, ("ann",)) == ("ann",)
    assert list(show(book)) == []


def test_a_student_gets_another_id_unless_it_is_taken(book, tmp_path):
    imported(book, tmp_path, "id,name\n1001,Ann\nbob,Bob\n")
    rename_student(book, "1001", "ann")
    assert full_names(book) == {"ann": "Ann", "bob": "Bob"}
    with pytest.raises(TitoError, match="there is a student bob already"):
        rename_student(book, "ann", "bob")
    with pytest.raises(TitoError, match="there is no student cy"):
        rename_student(book, "cy", "dan")
    with pytest.raises(TitoError, match="Use letters"):
        rename_student(book, "ann", "a/../b")


def test_sections_are_the_rosters_as_each_lms_writes_them(book, tmp_path):
    imported(book, tmp_path, CANVAS)
    with book.reading() as connection:
        assert {each.name: sections_of(each) for each in people.roster(connection)} == {
            "alee": ("Python 01",),
            "boneil": ("Python 01", "Lab", "A"),
        }


def course_of(*sections):
    return Course(Path(), Settings(sections=sections))


def test_a_section_and_ones_own_sections_choose_students(book, tmp_path):
    imported(book, tmp_path, "id,Section\nann,Lab 1\nbob,Lab 2\ncy,\n")
    course = course_of("lab 1: ada, grace", "Lab 2: grace")
    assert members(course, book, "LAB 2", "ada", mine=False) == {"bob"}
    assert members(course, book, "", "ada", mine=True) == {"ann"}
    assert members(course, book, "", "grace", mine=True) == {"ann", "bob"}
    assert members(course, None, "", "grace", mine=False) is None


@pytest.mark.parametrize(
    ("section", "mine", "sections", "told"),
    [
        ("Lab 3", False, (), "nobody of the roster is in Lab 3. Its sections are Lab 1, Lab 2."),
        ("", True, (), "no section is ada's."),
        ("", True, ("Lab 1",), "the setting sections holds 'Lab 1', which names nobody."),
        ("Lab 1", True, (), "--section and --mine are both given"),
    ],
)
def test_a_section_that_is_not_there_is_a_sentence(book, tmp_path, section, mine, sections, told):
    imported(book, tmp_path, "id,Section\nann,Lab 1\nbob,Lab 2\n")
    with pytest.raises(TitoError) as raised:
        members(course_of(*sections), book, section, "ada", mine=mine)
    assert told in str(raised.value)
