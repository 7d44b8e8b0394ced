"""Feedback that arrives: names that Moodle splits, mails to known addresses, nbgrader's folder."""

import email
import email.policy
import zipfile
from datetime import UTC, datetime

import pytest

from tito.errors import UsageError
from tito.gradebook import people
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import locate
from tito.gradebook.people import Person
from tito.model.course import Course, Module
from tito.workflows.book import feedback as module
from tito.workflows.book.feedback import Way, feedback

PAGES = {"ann": "<p>ann</p>", "bob": "<p>bob</p>", "zed": "<p>zed</p>"}


@pytest.fixture
def sent(tmp_path, monkeypatch):
    book = open_gradebook(locate("gradebook.db", tmp_path), datetime(2026, 10, 5, tzinfo=UTC), create=True)
    rows = [
        Person("ann", "Ann_X Lée", "ann@x.example", {"Identifier": "Participant 4101", "ID": "77"}),
        Person("bob", "Bob/Ray", "bob@x, eve@x", {"Identifier": "-"}),
    ]
    with book.writing() as connection:
        people.enrol(connection, rows)
    result = {"data": {"module": "02_m", "title": "M"}}
    monkeypatch.setattr(module, "recorded", lambda *_: result)
    monkeypatch.setattr(module, "student_pages", lambda *_: PAGES)
    lesson = Module("02_m", None, tmp_path, tmp_path, tmp_path / "02_m", "m_dev")
    course = Course(tmp_path, modules=(lesson,))
    return lambda way, out, **how: feedback(course, book, "02", way, tmp_path / out, **how)


def test_moodles_zip_names_each_student_by_number_and_whom_it_cannot(sent, tmp_path):
    done = sent(Way.MOODLE, "f.zip")
    with zipfile.ZipFile(tmp_path / "f.zip") as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == b"<p>ann</p>"
    # Moodle splits it at the first four of these signs.
    assert name.split("_", 4) == ["Ann X Lée", "4101", "assignsubmission", "file", "02_m.html"]
    assert ([each.source for each in done.left], done.students) == (["bob", "zed"], 1)


def test_a_mail_goes_to_one_known_address_with_the_page(sent, tmp_path):
    done = sent(Way.MAIL, "mails")
    (path,) = (tmp_path / "mails").iterdir()
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    (page,) = mail.iter_attachments()
    assert (path.name, mail["To"], mail["Subject"]) == ("ann-Ann_X_Lee.eml", "ann@x.example", "Feedback on 02_m: M")
    assert (page.get_filename(), page.get_content().strip()) == ("02_m.html", "<p>ann</p>")
    assert [each.source for each in done.left] == ["bob", "zed"]


def test_nbgraders_folder_is_by_student_assignment_and_notebook(sent, tmp_path):
    assert sent(Way.NBGRADER, "feedback").students == 3
    assert (tmp_path / "feedback/zed/02_m/m_dev.html").read_text() == "<p>zed</p>"
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="this is a file"):
        sent(Way.NBGRADER, "file")


def test_canvas_gets_each_page_under_the_name_that_it_gave_the_students_latest_file(sent, tmp_path):
    for name in ("leeann_77_900_m.py", "leeann_LATE_77_1000_m-1.py", "raybob_78_901_m.py", "eve_79_902_m.py", "x.py"):
        (tmp_path / "download").mkdir(exist_ok=True)
        (tmp_path / "download" / name).write_text("")
    done = sent(Way.CANVAS, "c.zip", download=tmp_path / "download")
    with zipfile.ZipFile(tmp_path / "c.zip") as archive:
        assert archive.namelist() == ["leeann_77_1000_02_m.html"]
    assert [each.source for each in done.left] == ["bob", "zed"]


def test_canvas_needs_its_own_download(sent, tmp_path):
    with pytest.raises(UsageError, match="--download"):
        sent(Way.CANVAS, "c.zip")
    with pytest.raises(UsageError, match="no such file"):
        sent(Way.CANVAS, "c.zip", download=tmp_path / "nowhere")
    (tmp_path / "other").mkdir()
    with pytest.raises(UsageError, match="no download of submissions"):
        sent(Way.CANVAS, "c.zip", download=tmp_path / "other")
