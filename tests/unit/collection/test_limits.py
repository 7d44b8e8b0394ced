"""Bounds of what is read: as many as are allowed, and one more."""

import io
import os
import tarfile
import zipfile
from dataclasses import dataclass

import pytest

from tito.collection.archive import CLASS, open_archive
from tito.collection.disk import at
from tito.collection.folders import find, search
from tito.collection.layout import Layout
from tito.collection.lms import Lms, handed
from tito.collection.members import Limits, check_size, why
from tito.collection.naming import Naming
from tito.collection.remarks import remarks
from tito.collection.tree import Kind
from tito.errors import UnreadableError
from tito.model.document import Cell, Document, Format
from tito.model.document import Kind as CellKind

LAYOUT = Layout("02_m", "m_dev", modules=(Naming("03_n", "n_dev"),))


def packed(form, **files):
    whole = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(whole, "w") as archive:
            for name, content in files.items():
                archive.writestr(f"{name}.py", content)
    else:
        with tarfile.open(fileobj=whole, mode="w") as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(f"{name}.py")
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return io.BytesIO(whole.getvalue())


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_an_archive_may_have_as_many_entries_as_are_allowed(form):
    limits = Limits(packed=1 << 20, unpacked=1 << 20, members=2, beside=10)
    assert len(open_archive(packed(form, a=b"1", b=b"2"), "a", limits)[0].children()) == 2
    with pytest.raises(UnreadableError, match="more than 2 entries"):
        open_archive(packed(form, a=b"1", b=b"2", c=b"3"), "a", limits)


def test_submissions_may_be_as_large_together_as_is_allowed():
    limits = Limits(packed=8 << 20, unpacked=1 << 20, members=2, beside=10)
    half = bytes(1 << 19)
    assert len(open_archive(packed("zip", a=half, b=half), "a", limits)[0].children()) == 2
    with pytest.raises(UnreadableError, match="the submissions in this archive are larger than 1 MiB"):
        open_archive(packed("zip", a=half, b=half + b"x"), "a", limits)


def test_an_archive_may_grow_five_hundred_times_where_it_is_large():
    check_size(32 << 20, 1, "a")
    check_size(500 << 20, 1 << 20, "a")
    with pytest.raises(UnreadableError, match="more than 500 times"):
        check_size((500 << 20) + 1, 1 << 20, "a")


def test_what_a_library_says_is_one_short_line():
    assert why(ValueError("first\nsecond")) == "first"
    assert why(ValueError()) == "ValueError"
    assert len(why(ValueError("x" * 200))) == 120


@dataclass
class Node:
    """An entry of nobody's disk."""

    name: str
    kind: Kind = Kind.FILE
    inside: tuple = ()
    fault: str = ""
    modified = None

    @property
    def path(self):
        return self.name

    def children(self):
        return self.inside


@pytest.mark.parametrize(("count", "refused"), [(5_000, False), (5_001, True)])
def test_a_student_may_hand_in_five_thousand_files(count, refused):
    inner = Node("deep", Kind.FOLDER, tuple(Node(f"{number}.txt") for number in range(count)))
    fate = LAYOUT.of_student("ann", Node("ann", Kind.FOLDER, (inner,)))
    assert ("more than 5,000 files" in str(fate)) is refused


def test_a_files_time_is_the_disks(tmp_path):
    (tmp_path / "a.py").write_text("")
    os.utime(tmp_path / "a.py", (1_000_000_000, 1_000_000_000))
    assert at(tmp_path / "a.py").modified.isoformat() == "2001-09-09T01:46:40+00:00"


def test_a_file_of_any_name_is_taken_beside_texts_that_another_module_is_called_after(tmp_path):
    (tmp_path / "ann/deep").mkdir(parents=True)
    for name in ("work.py", "n_dev.txt"):
        (tmp_path / "ann/deep" / name).write_text("")
    (found,) = find([tmp_path / "ann"], LAYOUT)
    assert found.path.endswith("work.py")


def test_a_file_that_is_exactly_another_modules_is_never_taken_and_any_other_only_one_is(tmp_path):
    for student, name in (("ann", "n_dev.py"), ("bob", "work.py")):
        (tmp_path / student / "02_m").mkdir(parents=True)
        (tmp_path / student / "02_m" / name).write_text("")
    ann, bob = find([tmp_path], LAYOUT)
    assert (ann.refusal, bob.refusal) == ("no .py or .ipynb file", "")


def test_a_receipt_is_found_beside_the_work_unless_it_is_a_link(tmp_path):
    for student in ("ann", "bob"):
        (tmp_path / student / "02_m").mkdir(parents=True)
        (tmp_path / student / "02_m/m_dev.py").write_text("")
    (tmp_path / "ann/02_m/receipt.json").write_text("{}")
    (tmp_path / "bob/02_m/receipt.json").symlink_to(tmp_path / "ann/02_m/receipt.json")
    ann, bob = find([tmp_path], LAYOUT)
    assert ann.receipt is not None
    assert bob.receipt is None


def test_what_has_nobodys_name_in_nbgraders_exchange_has_no_place(tmp_path):
    for name in (*(f"{who}+02_m+2026-03-01 10:00:00 UTC" for who in ("ann", "bob", "cy", "dan")), "odd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "m_dev.py").write_text("")
    (tmp_path / "alone.py").write_text("")
    (tmp_path / "notes.txt").write_text("")
    there = search([tmp_path], LAYOUT)
    assert [each.student for each in there.found] == ["ann", "bob", "cy", "dan"]
    assert [each.source.rpartition("/")[2] for each in there.fates.left] == ["alone.py", "odd"]


@pytest.mark.parametrize(("minor", "told"), [(5, ()), (6, "4.6"), (2_000, "4.999")])
def test_a_newer_notebook_format_is_noted(minor, told):
    document = Document("w.ipynb", Format.NOTEBOOK, (Cell(CellKind.CODE, "x", 1),), extras={"nbformat_minor": minor})
    assert told == () or told in remarks(b"", document)[0]
    assert len(remarks(b"", document)) == bool(told)


@pytest.mark.parametrize(("length", "strays"), [(1_000, 0), (1_001, 1)])
def test_a_members_path_may_have_a_thousand_characters(length, strays):
    root, told = open_archive(packed("tar", **{"a" * (length - 3): b"x"}), "a", CLASS)
    assert (len(root.children()), len(told)) == (1 - strays, strays)


def test_a_students_archive_with_unsafe_members_is_refused_by_the_first_and_counts_the_others(tmp_path):
    with zipfile.ZipFile(tmp_path / "ann.zip", "w") as archive:
        for name in ("../a.py", "/b.py", "m_dev.py"):
            archive.writestr(name, "x = 1")
    with zipfile.ZipFile(tmp_path / "bob.zip", "w") as archive:
        archive.writestr("../a.py", "x = 1")
    ann, bob = find([tmp_path], LAYOUT)
    assert ann.refusal == "unsafe member ../a.py: `..` in its path, and 1 more"
    assert bob.refusal == "unsafe member ../a.py: `..` in its path"


def test_blackboards_name_ends_in_the_students(tmp_path):
    for who in ("ann_lee", "bob"):
        (tmp_path / f"Lab_1_{who}_attempt_2026-03-01-10-00-00_m_dev.py").write_text("")
    found = handed(at(tmp_path), Lms.BLACKBOARD)
    assert [each.plain for each in found] == ["lee", "bob"]
    assert found[0].keys == ("1_ann_lee", "ann_lee", "lee")
