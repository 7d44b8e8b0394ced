"""Finding submissions: every layout, and no student lost."""

import os

import pytest

from tito.collection.folders import find, one, read, search
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
