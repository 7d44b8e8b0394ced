"""Whatever a subject makes of its scratch folder, it is gone afterwards, and nothing else is."""

import os
import tempfile

import pytest

from tito.sandbox.scratch import remove


@pytest.fixture
def scratch():
    folder = tempfile.mkdtemp(prefix="tito-test-")
    yield folder
    remove(folder)


def deep():
    for _ in range(1100):
        os.mkdir("d")  # noqa: PTH102
        os.chdir("d")


def wide():
    for number in range(50):
        os.makedirs(f"{number}/{number}/tito-0")  # noqa: PTH103
        open(f"{number}/{number}/file", "w").close()  # noqa: PTH123


def locked():
    os.makedirs("a/b/c", 0o777)  # noqa: PTH103
    open("a/b/c/file", "w").close()  # noqa: PTH123
    for path in ("a/b/c/file", "a/b/c", "a/b", "a"):
        os.chmod(path, 0)  # noqa: PTH101


def linked():
    os.symlink(os.environ["OUTSIDE"], "link")  # noqa: PTH211
    os.symlink("nowhere", "dangling")  # noqa: PTH211
    os.mkfifo("pipe")


@pytest.mark.parametrize("make", [deep, wide, locked, linked])
def test_a_folder_is_removed_and_nothing_else(scratch, tmp_path, monkeypatch, make):
    (tmp_path / "kept").write_text("kept")
    monkeypatch.setenv("OUTSIDE", str(tmp_path))
    monkeypatch.chdir(scratch)
    make()
    remove(scratch)
    assert not os.path.exists(scratch)  # noqa: PTH110
    assert (tmp_path / "kept").read_text() == "kept"


def test_a_link_in_the_folders_place_is_left_alone(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to("kept")
    remove(str(tmp_path / "link"))
    assert (tmp_path / "kept").is_dir()
