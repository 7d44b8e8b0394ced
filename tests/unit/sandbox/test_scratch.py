"""Whatever a subject makes of its scratch folder, it is gone afterwards, and nothing else is."""

import os
import resource
import tempfile

import pytest

from tito.sandbox.scratch import MAX_DEPTH, fits, remove


@pytest.fixture
def scratch():
    folder = tempfile.mkdtemp(prefix="tito-test-")
    yield folder
    remove(folder)


def deep(levels=1100):
    for _ in range(levels):
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


def test_folders_deeper_than_any_path_are_removed_with_two_descriptors(scratch, monkeypatch):
    monkeypatch.chdir(scratch)
    deep(5_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 4, hard))  # noqa: PTH208
    try:
        assert remove(scratch)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_removing_stops_in_time_and_goes_on_the_next_time(scratch, monkeypatch):
    monkeypatch.chdir(scratch)
    wide()
    assert not remove(scratch, seconds=0)
    assert os.path.isdir(scratch)  # noqa: PTH112
    assert remove(scratch)
    assert remove(scratch)


def file(name, size):
    with open(name, "wb") as made:  # noqa: PTH123
        made.write(os.urandom(size))


HOLDS = {
    "nothing": (lambda: None, True),
    "as many files as may be": (lambda: [file(str(number), 0) for number in range(20)], True),
    "one more": (lambda: [file(str(number), 0) for number in range(21)], False),
    "files in folders": (lambda: [os.makedirs(f"{number}/a") for number in range(11)], False),  # noqa: PTH103
    "as much as may be": (lambda: file("a", 90_000), True),
    "more": (lambda: [file("a", 60_000), file("b", 60_000)], False),
    "a hole": (lambda: os.truncate(os.open("a", os.O_CREAT | os.O_WRONLY), 1 << 40), True),
    "deep": (lambda: deep(15), True),
    "a closed folder": (lambda: (os.mkdir("a"), os.chmod("a", 0)), True),  # noqa: PTH101, PTH102
    "a link out": (lambda: os.symlink("/usr", "usr"), True),  # noqa: PTH211
}


@pytest.mark.parametrize("case", HOLDS)
def test_what_a_folder_holds_is_counted_and_summed(scratch, monkeypatch, case):
    make, within = HOLDS[case]
    monkeypatch.chdir(scratch)
    make()
    assert fits(scratch, most_files=20, most_bytes=100_000) is within


def test_a_deep_folder_counts_as_the_folders_that_it_is(scratch, monkeypatch):
    monkeypatch.chdir(scratch)
    deep(5_000)
    assert fits(scratch, 5_000, 1 << 30)
    assert not fits(scratch, 4_999, 1 << 30)


def test_folders_that_branch_deeper_than_work_does_fit_nowhere(scratch, monkeypatch):
    monkeypatch.chdir(scratch)
    for level in range(6 * MAX_DEPTH):
        os.mkdir("d")  # noqa: PTH102
        os.mkdir("e")  # noqa: PTH102
        # Whichever of both is looked into first.
        os.chdir("de"[level % 2])
    assert not fits(scratch, 10_000, 1 << 30)


def test_looking_stops_at_the_first_file_too_many(scratch, monkeypatch):
    monkeypatch.chdir(scratch)
    wide()
    opened = []
    real = os.scandir
    monkeypatch.setattr("os.scandir", lambda folder: opened.append(folder) or real(folder))
    assert not fits(scratch, 10, 1 << 30)
    assert len(opened) <= 11


def test_a_folder_that_is_gone_fits():
    assert fits("/nowhere/at/all", 0, 0)
