"""Finding submissions: every layout, and no student lost."""

import os
import zipfile

import pytest

from tito.collection.folders import find, one, read, receipt, search
from tito.collection.layout import Layout
from tito.collection.naming import Naming
from tito.errors import UnreadableError, UsageError


def make(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a = 1\n")


def found(*paths):
    return [
        (each.student, each.path.rpartition("/")[2], each.refusal) for each in find(paths, Layout("02_m", "m_dev"))
    ]


def test_nbgraders_layout_is_a_row_a_student_in_order(tmp_path):
    make(tmp_path, "bob/02_m/m_dev.py", "Ann/02_m/m_dev.ipynb", "cy/01_x/x.py", ".cache/02_m/m_dev.py")
    assert found(tmp_path) == [("Ann", "m_dev.ipynb", ""), ("bob", "m_dev.py", "")]


def test_one_students_folder_a_modules_folder_and_a_file_are_found(tmp_path):
    make(tmp_path, "ann/02_m/m_dev.py")
    for path in (tmp_path / "ann", tmp_path / "ann/02_m", tmp_path / "ann/02_m/m_dev.py"):
        assert found(path) == [("ann", "m_dev.py", "")]


def test_a_folder_of_files_is_named_after_them(tmp_path):
    make(tmp_path, "ann.py", "bob.ipynb", "readme.txt")
    assert found(tmp_path) == [("ann", "ann.py", ""), ("bob", "bob.ipynb", "")]


def test_several_files_are_refused_unless_one_has_the_expected_name(tmp_path):
    make(tmp_path, "ann/02_m/m_dev.py", "ann/02_m/try.py", "bob/02_m/a.py", "bob/02_m/b.py")
    assert found(tmp_path) == [
        ("ann", "m_dev.py", ""),
        ("bob", "02_m", "2 files could be the submission: a.py, b.py"),
    ]


def test_an_empty_folder_is_a_row_with_its_reason(tmp_path):
    make(tmp_path, "ann/02_m/m_dev.py", "bob/02_m/notes.txt")
    assert found(tmp_path)[1] == ("bob", "02_m", "no .py or .ipynb file")


def test_two_submissions_of_one_student_are_both_refused(tmp_path):
    make(tmp_path, "a/ann.py", "b/Ann.py")
    assert [refusal.split(":")[0] for _, _, refusal in found(tmp_path / "a", tmp_path / "b")] == [
        "several submissions of one student"
    ] * 2


def test_the_same_file_named_twice_is_one_row(tmp_path):
    make(tmp_path, "ann.py")
    assert found(tmp_path, tmp_path / "ann.py") == [("ann", "ann.py", "")]


def test_links_are_not_followed(tmp_path):
    make(tmp_path, "class/ann.py", "secret.py")
    (tmp_path / "class/bob.py").symlink_to(tmp_path / "secret.py")
    assert found(tmp_path / "class")[1] == ("bob", "bob.py", "a link, which is not followed")
    with pytest.raises(UnreadableError, match="a link, which is not followed"):
        read(one(tmp_path / "class/bob.py"))


def test_what_is_no_file_or_too_large_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(UnreadableError, match="not a regular file"):
        read(one(tmp_path / "pipe.py"))
    (tmp_path / "huge.py").write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(UnreadableError, match="larger than 1 MiB"):
        read(one(tmp_path / "huge.py"))


@pytest.mark.parametrize(
    ("name", "told"), [("gone", "there is no such file or folder"), ("", "this folder holds no submission")]
)
def test_paths_that_hold_nothing_are_usage_errors(tmp_path, name, told):
    with pytest.raises(UsageError, match=told):
        found(tmp_path / name)


TAKEN = {
    "m_dev.py": "",
    "02_m/m_dev.ipynb": "",
    "m_dev (1).py": "its name is a copy's",
    "02_m/m_dev-Copy1.ipynb": "its name is a copy's",
    "02_m/m_dev - Copy (2).py": "its name is a copy's",
    "M-Dev.py": "its name is spelt otherwise",
    "hw2/work.py": "its folder has the number or the name of the module, the only file there",
    "M/m_dev.py": "its folder has the number or the name of the module",
    "02-M/m_dev.py": "its folder has the number or the name of the module",
    "src/Homework 02/x.py": "it lies deeper than expected, the only file there",
    "src/m_dev.py": "it lies deeper than expected",
    "my homework.py": "the only file there",
    "02_m/my homework.py": "the only file there",
}


@pytest.mark.parametrize("name", TAKEN)
def test_each_name_of_the_list_is_taken_and_any_but_the_exact_one_with_a_note(tmp_path, name):
    make(tmp_path, f"bob/{name}", "ann/02_m/m_dev.py")
    row = find([tmp_path], Layout("02_m", "m_dev"))[1]
    why = TAKEN[name]
    shown = name.removeprefix("02_m/")
    assert (row.path, row.refusal) == (f"{tmp_path}/bob/{name}", "")
    assert row.notes == ((f"`{shown}` was taken for m_dev: {why}",) if why else ())


def test_the_surest_name_counts_and_the_others_beside_it_are_named(tmp_path):
    make(tmp_path, "bob/02_m/m_dev-1.py", "bob/02_m/m_dev.py", "bob/02_m/helper.py", "bob/hw2/x.py")
    (row,) = find([tmp_path], Layout("02_m", "m_dev"))
    assert row.path.endswith("02_m/m_dev.py")
    assert row.notes == ("`m_dev-1.py` is there too, and was not looked at",)


def test_two_candidates_at_one_rank_are_a_row_of_the_student(tmp_path):
    make(tmp_path, "bob/x/m_dev.py", "bob/y/m_dev.py", "cy/a.py", "cy/b.py")
    assert found(tmp_path) == [
        ("bob", "bob", "2 files could be the submission: x/m_dev.py, y/m_dev.py"),
        ("cy", "cy", "2 files could be the submission: a.py, b.py"),
    ]


OTHERS = (Naming("01_x", "x_dev"), Naming("03_y", "y_dev"))


@pytest.mark.parametrize("name", ["01_x/m_dev.py", "hw3/m_dev.py", "y_dev (2).py", "00_gone/a.py"])
def test_what_is_another_modules_is_nothing_for_this_one(tmp_path, name):
    make(tmp_path, f"bob/{name}", "bob/notes.py", "ann/m_dev.py")
    there = search([tmp_path], Layout("02_m", "m_dev", modules=OTHERS))
    assert [each.student for each in there.found] == ["ann"]
    assert there.fates.nothing == ("bob",)
    assert there.fates.left == ()


def test_what_is_no_work_has_no_place_and_is_named(tmp_path):
    make(tmp_path, "ann/m_dev.py", "bob/essay.docx", "cy.pdf", "times-02_m.csv", "README.md")
    left = search([tmp_path], Layout("02_m", "m_dev")).fates.left
    assert [(each.source.rpartition("/")[2], each.why) for each in left] == [
        ("essay.docx", "no .py or .ipynb file in what bob handed in"),
        ("cy.pdf", "no .py, .ipynb or archive"),
    ]


def test_one_folder_around_a_class_is_looked_through(tmp_path):
    make(tmp_path, "download/ann/02_m/m_dev.py", "download/bob/my homework.py")
    assert [student for student, _, _ in found(tmp_path)] == ["ann", "bob"]


def test_whoever_hands_in_a_disk_is_a_row_that_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("tito.collection.choosing._MOST", 3)
    make(tmp_path, "ann/m_dev.py", *(f"bob/venv/{name}.py" for name in "abcd"))
    assert found(tmp_path)[1] == ("bob", "bob", "more than 3 files, none of them by its name")


def test_a_modules_folder_may_lie_below_a_link_of_the_instructors_and_not_below_a_students(tmp_path):
    make(tmp_path, "real/ann/02_m/m_dev.py", "real/m_dev.py")
    (tmp_path / "class").symlink_to(tmp_path / "real")
    assert found(tmp_path / "class/ann") == [("ann", "m_dev.py", "")]
    assert found(tmp_path / "class/ann/02_m") == [("ann", "m_dev.py", "")]
    assert found(tmp_path / "class/ann/02_m/m_dev.py") == [("ann", "m_dev.py", "")]
    (tmp_path / "real/bob").symlink_to(tmp_path / "real/ann")
    for path in ("bob/02_m", "bob/02_m/m_dev.py"):
        with pytest.raises(UnreadableError, match=r"not followed|Not a directory"):
            read(*find([tmp_path / "class" / path], Layout("02_m", "m_dev")))


@pytest.mark.parametrize(
    ("name", "why"), [("02_m", "this is a file, not a folder"), ("m_dev.py", "this is a folder, not a file")]
)
def test_a_file_in_a_folders_place_and_the_other_way_round_is_told(tmp_path, name, why):
    make(tmp_path, "ann/02_m" if name == "02_m" else "ann/m_dev.py/x.txt", "bob/02_m/m_dev.py")
    assert found(tmp_path)[0] == ("ann", name, why)


def test_a_folder_of_a_files_name_does_not_hide_the_file(tmp_path):
    make(tmp_path, "bob/02_m/m_dev.py/x.txt", "bob/02_m/m_dev (1).py")
    assert found(tmp_path) == [("bob", "m_dev (1).py", "")]


def zipped(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "a = 1\n")


def test_an_archive_in_the_files_place_is_opened_where_it_is_the_only_one(tmp_path):
    for folder in ("ann/02_m", "bob/02_m", "cy"):
        (tmp_path / folder).mkdir(parents=True)
    zipped(tmp_path / "ann/02_m/work.zip", "m_dev.py")
    for name in ("a.zip", "b.zip"):
        zipped(tmp_path / "bob/02_m" / name, "m_dev.py")
        zipped(tmp_path / "cy" / name, "m_dev.py")
    ann, bob, cy = found(tmp_path)
    assert ann == ("ann", "m_dev.py", "")
    assert bob == ("bob", "02_m", "no .py or .ipynb file")
    assert cy == ("cy", "cy", "2 files could be the submission: a.zip, b.zip")


ZIPPED = {
    "the file": (("m_dev.py",), "m_dev.py", ""),
    "a folder around it": (("Ann Lee/m_dev.py",), "m_dev.py", ""),
    "the modules folder": (("02_m/m_dev.py", "02_m/data.csv"), "m_dev.py", ""),
    "a file of another name and one beside it": (("work.py", "notes.txt"), "work.py", ""),
    "nothing": (("notes.txt",), "ann.zip", "no .py or .ipynb file"),
    "another module": (("03_y/y_dev.py",), "ann.zip", "no .py or .ipynb file"),
}


@pytest.mark.parametrize(("names", "path", "refusal"), ZIPPED.values(), ids=ZIPPED)
def test_a_students_archive_holds(tmp_path, names, path, refusal):
    zipped(tmp_path / "ann.zip", *names)
    make(tmp_path, "bob.py")
    row = find([tmp_path], Layout("02_m", "m_dev", modules=OTHERS))[0]
    assert (row.student, row.path.rpartition("/")[2], row.refusal) == ("ann", path, refusal)


def test_a_classs_archive_is_a_row_a_student_and_tells_of_unsafe_members(tmp_path):
    zipped(tmp_path / "class.zip", "all/ann/02_m/m_dev.py", "all/bob/m_dev.py", "../x.py")
    assert found(tmp_path / "class.zip") == [
        ("ann", "m_dev.py", ""), ("bob", "m_dev.py", ""), ("class.zip", "class.zip", "unsafe member ../x.py: `..` in its path"),
    ]  # fmt: skip
    zipped(tmp_path / "none.zip", "readme.txt")
    assert found(tmp_path / "none.zip") == [("none", "none.zip", "no submission for 02_m in this archive")]
    zipped(tmp_path / "one.zip", "m_dev.py", "../x.py")
    assert found(tmp_path / "one.zip") == [("one", "one.zip", "unsafe member ../x.py: `..` in its path")]


def test_an_archive_within_an_archive_is_not_opened(tmp_path):
    zipped(tmp_path / "inner.zip", "m_dev.py")
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.write(tmp_path / "inner.zip", "ann/02_m/work.zip")
        archive.writestr("bob/02_m/m_dev.py", "a = 1")
    ann, bob = found(tmp_path / "class.zip")
    assert ann[2] == "an archive within an archive, which is not opened: unpack the outer one"
    assert bob[2] == ""


def test_many_candidates_are_counted_and_the_first_named(tmp_path):
    make(tmp_path, "bob/m_dev.py", *(f"ann/{letter}.py" for letter in "abcdef"))
    assert found(tmp_path)[0][2] == "6 files could be the submission: a.py, b.py, c.py, d.py, e.py …"


def test_a_receipt_is_that_beside_the_file_that_was_taken(tmp_path):
    make(
        tmp_path,
        "ann/02_m/m_dev.py",
        "ann/02_m/receipt.json",
        "ann/receipt.json",
        "bob/02_m/m_dev.py",
        "bob/02_m/m_dev.ipynb",
        "bob/02_m/receipt.json",
    )
    ann, bob = find([tmp_path], Layout("02_m", "m_dev"))
    assert ann.receipt.path.endswith("ann/02_m/receipt.json")
    assert bob.receipt.path.endswith("bob/02_m/receipt.json")


def test_a_file_may_be_as_large_as_is_allowed(tmp_path):
    make(tmp_path, "ann.py", "bob.py")
    (tmp_path / "ann.py").write_bytes(bytes(1 << 20))
    (tmp_path / "bob.py").write_bytes(bytes((1 << 20) + 1))
    ann, bob = find([tmp_path], Layout("02_m", "m_dev"))
    assert len(read(ann)) == 1 << 20
    with pytest.raises(UnreadableError, match="larger than 1 MiB"):
        read(bob)


def test_what_is_no_work_is_counted_behind_its_first(tmp_path):
    make(tmp_path, "ann/m_dev.py", "bob/a.docx", "bob/b.docx", "bob/c.docx")
    (left,) = search([tmp_path], Layout("02_m", "m_dev")).fates.left
    assert left.why == "no .py or .ipynb file in what bob handed in and 2 more"


def test_of_five_candidates_all_are_named(tmp_path):
    make(tmp_path, "bob/m_dev.py", *(f"ann/{letter}.py" for letter in "abcde"))
    assert found(tmp_path)[0][2] == "5 files could be the submission: a.py, b.py, c.py, d.py, e.py"


def test_the_first_of_two_faults_is_told(tmp_path):
    for place in ("ann/02_m", "bob"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.txt").symlink_to(tmp_path)
        os.mkfifo(tmp_path / place / "b.txt")
    assert [refusal for _, _, refusal in found(tmp_path)] == ["a link, which is not followed"] * 2


def test_a_receipts_bytes_are_read_and_of_none_there_are_none(tmp_path):
    make(tmp_path, "ann/02_m/m_dev.py", "ann/02_m/receipt.json", "bob/02_m/m_dev.py")
    ann, bob = find([tmp_path], Layout("02_m", "m_dev"))
    assert (receipt(ann), receipt(bob)) == (b"a = 1\n", b"")


def test_a_link_in_a_classs_folder_is_a_row_whatever_it_is_called(tmp_path):
    make(tmp_path, "class/ann/02_m/m_dev.py", "secret/m_dev.py")
    (tmp_path / "class/bob").symlink_to(tmp_path / "secret")
    assert found(tmp_path / "class")[1] == ("bob", "bob", "a link, which is not followed")
