"""The store of finished runs: nothing added is lost, nothing that is broken is believed."""

import contextlib
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from tito.gradebook.finished import Finished


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new" / "finished.db"


def test_what_was_added_is_there_for_the_next_run(path):
    with Finished(path) as store:
        store["k"] = "one"
        store["k"] = "two"
    with Finished(path) as store:
        assert store.get("k") == "two"
        assert "k" in store
        assert store.get("gone") is None


def test_a_killed_process_keeps_what_it_added(path):
    code = """
        import os, signal, sys
        from pathlib import Path
        from tito.gradebook.finished import Finished
        store = Finished(Path(sys.argv[1]))
        for number in range(50):
            store[str(number)] = "x" * 5000
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Finished(path) as store:
        assert all(str(number) in store for number in range(50))


def test_two_at_once_see_each_others_texts(path):
    with Finished(path) as one, Finished(path) as two:
        one["a"] = "1"
        two["b"] = "2"
        assert (one.get("b"), two.get("a")) == ("2", "1")


@pytest.mark.parametrize("content", [b"no database" * 200, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_store_is_begun_anew(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with Finished(path) as store:
        assert store.problem == ""
        store["k"] = "v"
    with Finished(path) as store:
        assert store.get("k") == "v"


def test_another_layout_is_begun_anew(path):
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA user_version = 99")
    with Finished(path) as store:
        store["k"] = "v"
        assert store.get("k") == "v"


def test_a_place_that_cannot_be_written_is_said_and_stood_in_for(tmp_path):
    (tmp_path / "file").write_text("")
    with Finished(tmp_path / "file" / "finished.db") as store:
        store["k"] = "v"
        assert store.get("k") == "v"
        assert "finished.db" in store.problem
