"""Finding submissions: every layout, and no student lost."""

import os

import pytest

from tito.collection.folders import find, one, read
from tito.collection.layout import Layout
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
