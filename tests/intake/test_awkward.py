"""Awkward files: each is read, with a note where it is odd, or is a row with its reason; nobody else's work is lost."""

import json
import os
from decimal import Decimal

import pytest

from tito.collection.folders import find, read
from tito.collection.layout import Layout
from tito.errors import UnreadableError
from tito.model.document import Role
from tito.model.grader import Grader, LockedCell
from tito.model.submission import Submission
from tito.workflows.grading.intake import parsed

GRADER = Grader("02_m", "core.m", (), (), (LockedCell("t", Role.TEST, "0" * 64, Decimal(1)),), ())
CODE = "# %%\na = 1\n"


def submission(found, grader):
    """Return what was found as a judge reads it, or the refusal that its row has."""
    try:
        return parsed(found.student, found.path, read(found), grader)
    except UnreadableError as fault:
        return Submission(found.student, grader.module, found.path, None, refusal=found.refusal or str(fault))


def notebook(*cells, **fields):
    cells = [{"cell_type": "code", "metadata": {}, "source": "a = 1", "outputs": [], **cell} for cell in cells]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **fields}).encode()


OLD = {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python", "metadata": {}, "outputs": []}
FORMAT_3 = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [OLD]}]}
GONE = "locked cell t is missing; the original was used"

READ = {
    "UTF-8": ("m.py", "# %%\na = 'é'\n".encode(), "a = 'é'", [GONE]),
    "a byte order mark": ("m.py", b"\xef\xbb\xbf# %%\na = 1\n", "a = 1", [GONE]),
    "CRLF": ("m.py", b"# %%\r\na = 1\r\nb = 2\r\n", "a = 1\nb = 2", [GONE]),
    "CR": ("m.py", b"# %%\ra = 1\rb = 2\r", "a = 1\nb = 2", [GONE]),
    "tabs": ("m.py", b"# %%\nif a:\n\tb = 1\n", "if a:\n\tb = 1", [GONE]),
    "latin-1": ("m.py", b"# coding: latin-1\n# %%\na = '\xe9'\n", "a = 'é'", ["read as iso-8859-1, as its first lines declare", GONE]),
    "an ending in capitals": ("M.PY", CODE.encode(), "a = 1", [GONE]),
    "a notebook's too": ("M.IPYNB", notebook({}), "a = 1", [GONE]),
    "empty": ("m.py", b"", "", ["it is empty", "no cell markers: run as one cell"]),
    "no cells": ("m.ipynb", notebook(), "", ["it is empty", GONE]),
    "an old notebook": ("m.ipynb", json.dumps(FORMAT_3).encode(), "a = 1\nb = 2", ["converted from notebook format 3", GONE]),
    "a newer notebook": ("m.ipynb", notebook({"new": {}}, nbformat_minor=9), "a = 1", ["notebook format 4.9, which is newer than 4.5: what is new in it was not looked at", GONE]),
    "a conflict in a script": ("m.py", b"# %%\na = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> x\n", None, ["git's conflict markers from line 3 on: that cell cannot run", GONE]),
    "a shell line in a script": ("m.py", b"# %%\n# !ls\n", "pass  # !ls", [GONE, "`!ls` was left out"]),
    "odd metadata": ("m.ipynb", notebook({"metadata": {"nbgrader": [1]}}, {"metadata": {"nbgrader": {"grade_id": 5, "points": "x"}}}), "a = 1\na = 1", [GONE]),
    "odd outputs": ("m.ipynb", notebook({"outputs": {"a": 1}, "execution_count": "x", "id": 5}), "a = 1", [GONE]),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_what_is_odd_is_read_with_a_note(tmp_path, case):
    name, content, code, notes = READ[case]
    (tmp_path / name).write_bytes(content)
    (found,) = find([tmp_path], Layout("02_m", "m_dev"))
    work = submission(found, GRADER)
    assert (work.refusal, list(work.notes)) == ("", notes)
    assert code is None or "\n".join(each.source for each in work.code) == code


REFUSED = {
    "UTF-16": ("m.py", "a = 1".encode("utf-16"), "m.py:1: it is UTF-16. Save it as UTF-8."),
    "a notebook in UTF-16": ("m.ipynb", notebook().decode().encode("utf-16"), "m.ipynb:1: it is UTF-16. Save it as UTF-8."),
    "a NUL": ("m.py", b"a = 1\nb\x00\n", "m.py:2: it holds a NUL byte. Save it as text."),
    "not what it declares": ("m.py", b"# coding: ascii\na = '\xe9'\n", "m.py:2: it is not ascii. Save it as UTF-8."),
    "an empty notebook": ("m.ipynb", b"", "m.ipynb: it is empty. Save it from Jupyter again."),
    "a cut notebook": ("m.ipynb", notebook({})[:-20], "m.ipynb:1: it is not JSON, so it was cut off or edited by hand. Save it from Jupyter again."),
    "a script by the name of a notebook": ("m.ipynb", b"a = 1", "m.ipynb: it is not a notebook. Save it from Jupyter again."),
    "a key twice": ("m.ipynb", b'{"a": 1, "a": 2}', "m.ipynb: it is not JSON that has one meaning: key 'a' is there twice in one object. Save it from Jupyter again."),
    "a deep notebook": ("m.ipynb", b'{"a":' * 60_000, "m.ipynb: it nests too deeply. Save it from Jupyter again."),
    "a conflict": ("m.ipynb", b"{\n<<<<<<< HEAD\n", "m.ipynb:2: it holds git's conflict markers. Settle the conflict, then save it again."),
    "a source of numbers": ("m.ipynb", notebook({"source": [1]}), "m.ipynb[cell 1]:1: it is a cell whose source is not a text. Save it from Jupyter again."),
    "too many cells": ("m.py", b"# %%\n" * 2_001, "m.py: it has more than 2,000 cells. Hand in the module alone."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_a_row_with_its_reason(tmp_path, case):
    name, content, told = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zoe.py").write_text(CODE)
    works = [submission(each, GRADER) for each in find([tmp_path], Layout("02_m", "m_dev"))]
    assert [each.refusal.replace(f"{tmp_path}/", "") for each in works] == [told, ""]


IDS = {
    "escape": ("a\x1b[2J", "a\\x1b[2J", "holds characters that act or hide"),
    "bidi": ("a\u202eb", "a\\u202eb", "holds characters that act or hide"),
    "a newline": ("a\nb", "a\\nb", "holds characters that act or hide"),
    "hidden letters": ("ann\u200b", "ann\\u200b", "holds characters that act or hide"),
    "not UTF-8": (b"a\xff", "a\\udcff", "is not UTF-8"),
    "long": ("a" * 150, f"{'a' * 40}…", "is longer than 100 characters"),
    "a backslash": ("a\\b", "a\\b", "holds `\\`"),
    "a colon": ("a:b", "a:b", "holds `:`"),
    "a device": ("NUL", "NUL", "is one that Windows keeps for devices"),
    "an option": ("-rf", "-rf", "begins or ends with a sign that systems take for more than a name"),
    "a blank at its end": ("ann ", "ann ", "begins or ends with a sign that systems take for more than a name"),
}


@pytest.mark.parametrize("case", IDS)
def test_an_id_that_no_system_should_hold_is_an_escaped_row(tmp_path, case):
    name, shown, told = IDS[case]
    folder = tmp_path / os.fsdecode(name) / "02_m"
    folder.mkdir(parents=True)
    (folder / "m_dev.py").write_text(CODE)
    (tmp_path / "zoe.py").write_text(CODE)
    rows = {each.student: each.refusal for each in find([tmp_path], Layout("02_m", "m_dev"))}
    (odd,) = (each for each in rows if each != "zoe")
    assert odd.startswith(shown)
    assert (rows[odd], rows["zoe"]) == (f"the student's id {told}", "")
    odd.encode()


def test_ids_that_a_person_takes_for_one_are_refused_and_a_macs_form_is_plain(tmp_path):
    for name in ("Ann.py", "ann.ipynb", "ﬁn.py", "fin.ipynb", "cafe\u0301.py"):
        (tmp_path / name).write_text(CODE)
    rows = [(each.student, each.refusal.partition(":")[0]) for each in find([tmp_path], Layout("02_m", "m_dev"))]
    assert rows == [
        ("Ann", "several submissions of one student"),
        ("ann", "several submissions of one student"),
        ("café", ""),
        ("fin", "several submissions of one student"),
        ("ﬁn", "several submissions of one student"),
    ]


def test_what_is_no_file_where_one_belongs_is_a_row(rows, tmp_path):
    os.mkfifo(tmp_path / "fifo.py")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "link").symlink_to("/etc")
    (tmp_path / "mod").mkdir()
    (tmp_path / "mod/02_m").write_text("")
    (tmp_path / "nested/02_m/m_dev.py").mkdir(parents=True)
    (tmp_path / "linked/02_m").mkdir(parents=True)
    (tmp_path / "linked/02_m/m_dev.py").symlink_to(tmp_path / "zoe.py")
    (tmp_path / "zoe.py").write_text(CODE)
    assert rows(tmp_path) == [
        ("fifo", "this is not a regular file"),
        ("folder", "this is a folder, not a file"),
        ("link", "a link, which is not followed"),
        ("linked", "a link, which is not followed"),
        ("mod", "this is a file, not a folder"),
        ("nested", "this is a folder, not a file"),
        ("zoe", CODE.encode()),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_a_row(rows, tmp_path):
    (tmp_path / "ann.py").write_text(CODE)
    (tmp_path / "ann.py").chmod(0)
    (tmp_path / "bob").mkdir(mode=0)
    assert rows(tmp_path) == [
        ("ann", "cannot be opened: Permission denied"),
        ("bob", "cannot be opened: Permission denied"),
    ]


def test_links_are_not_followed_where_a_student_could_have_made_them(rows, tmp_path):
    (tmp_path / "key/02_m").mkdir(parents=True)
    (tmp_path / "key/02_m/m_dev.py").write_text(CODE)
    (tmp_path / "class/eve").mkdir(parents=True)
    (tmp_path / "class/eve/02_m").symlink_to(tmp_path / "key/02_m")
    (tmp_path / "class/mal").symlink_to(tmp_path / "key")
    for path in ("class", "class/eve", "class/eve/02_m", "class/eve/02_m/m_dev.py", "class/mal"):
        assert {type(told) for _, told in rows(tmp_path / path)} == {str}, path


def test_a_link_above_the_class_is_the_instructors(rows, tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real/ann.py").write_text(CODE)
    (tmp_path / "here").symlink_to(tmp_path / "real")
    assert rows(tmp_path / "here/ann.py") == [("ann", CODE.encode())]


def test_a_file_that_becomes_a_link_after_it_was_found_is_not_followed(tmp_path):
    for name in ("ann/02_m/m_dev.py", "bob/02_m/m_dev.py"):
        (tmp_path / "class" / name).parent.mkdir(parents=True)
        (tmp_path / "class" / name).write_text(CODE)
    found = find([tmp_path / "class"], Layout("02_m", "m_dev"))
    (tmp_path / "class/ann/02_m/m_dev.py").unlink()
    (tmp_path / "class/ann/02_m/m_dev.py").symlink_to("/etc/hostname")
    (tmp_path / "class/bob").rename(tmp_path / "gone")
    (tmp_path / "class/bob").symlink_to(tmp_path / "gone")
    refusals = [submission(each, GRADER).refusal for each in found]
    assert "a link, which is not followed" in refusals[0]
    assert "cannot be opened: Not a directory" in refusals[1]


def test_of_several_paths_an_empty_one_is_a_row(rows, tmp_path):
    (tmp_path / "bob/01_x").mkdir(parents=True)
    (tmp_path / "zoe.py").write_text(CODE)
    assert rows(tmp_path / "bob", tmp_path / "zoe.py") == [("bob", "no submission for 02_m"), ("zoe", CODE.encode())]


def test_a_file_on_which_a_reader_chokes_is_its_own_row(monkeypatch):
    def choke(*_, **__):
        raise KeyError("x" * 1_000)

    monkeypatch.setattr("tito.workflows.grading.intake.parse", choke)
    told = parsed("ann", "m.py", CODE.encode(), GRADER).refusal
    assert told == "m.py: it cannot be read, which is a fault of tito's (KeyError). Report it with this file."
