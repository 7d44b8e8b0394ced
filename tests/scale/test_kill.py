"""`tito grade` killed at any moment: what was finished is kept and done once, and nothing of it is left behind."""

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
import pytest

STUDENTS = 24


class Graded:
    """A class that is graded by a real `tito grade`, all of whose temporary files lie in one folder."""

    def __init__(self, made, temporary):
        self.made = made
        self.temporary = temporary
        self.out = made.course / "out.json"
        self._environment = {**os.environ, "TMPDIR": str(temporary)}

    def start(self, out="out.json"):
        command = self.made.command("--jobs", 2, "--quiet", "--json", self.made.course / out)
        return psutil.Popen(
            command, cwd=self.made.course, env=self._environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def finished(self):
        """Return what is in the store, each by the number that it got when it was written."""
        path = self.made.course / ".tito" / "finished.db"
        # Not there yet, or being made.
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base,
        ):
            return dict(base.execute("SELECT id, key FROM finished"))
        return {}

    def wait_for(self, run, count):
        """Wait until so many are finished; for none, until there is a judge."""
        deadline = time.monotonic() + 60
        while (len(self.finished()) < count or not zygotes(run)) and run.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def goes_on(self):
        """Grade again: all scores are there and exact, what was finished is not judged again, no file is left."""
        before = self.finished()
        with self.start() as run:
            assert run.wait(60) == 0, run.stderr.read()
        after = self.finished()
        assert before.items() <= after.items()
        assert len(set(after.values())) == len(after) == STUDENTS
        assert self.made.scores(self.out) == self.made.expected
        assert list(self.temporary.iterdir()) == []
        return len(before)


@pytest.fixture
def graded(new_class):
    temporary = Path(tempfile.mkdtemp(prefix="kill-"))
    temporary.chmod(0o711)
    yield Graded(new_class(STUDENTS, pause=0.1), temporary)
    temporary.rmdir()


def zygotes(run):
    """Return the zygotes of a run, each of which is the child of a worker."""
    found = []
    # Judges come and go meanwhile.
    with contextlib.suppress(psutil.NoSuchProcess):
        for worker in run.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                found += [child for child in worker.children() if "-S" in command_of(child)]
    return found


def command_of(process):
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def workers(run):
    return [each.parent() for each in zygotes(run)]


def assert_gone(family):
    _, left = psutil.wait_procs(family, timeout=20)
    assert left == []


@pytest.mark.parametrize("moment", [0, 1, 12])
def test_a_run_outlives_its_workers(graded, moment):
    with graded.start() as run:
        graded.wait_for(run, moment)
        victim = workers(run)[0]
        victim.kill()
        family = run.children(recursive=True)
        assert run.wait(60) == 0, run.stderr.read()
    assert_gone([victim, *family])
    assert graded.goes_on() == STUDENTS


@pytest.mark.parametrize("moment", [0, 1, 12])
def test_a_killed_zygote_costs_nobody_points(graded, moment):
    with graded.start() as run:
        graded.wait_for(run, moment)
        victim = zygotes(run)[0]
        victim.kill()
        family = run.children(recursive=True)
        # 4 says that tito broke: with the submission in hand, which is not kept, or all of it before the first one.
        assert run.wait(60) in {0, 4}, run.stderr.read()
    assert_gone([victim, *family])
    assert graded.goes_on() >= moment


@pytest.mark.parametrize("moment", [0, 1, 12])
def test_what_a_killed_coordinator_had_finished_is_kept_and_its_judges_end_with_it(graded, moment):
    with graded.start() as run:
        graded.wait_for(run, moment)
        family = run.children(recursive=True)
        run.kill()
        run.wait(20)
    assert_gone(family)
    assert moment <= graded.goes_on() < STUDENTS


@pytest.mark.parametrize("moment", [0, 1, 12])
def test_an_interrupted_run_ends_with_all_its_processes_and_files_and_keeps_what_is_finished(graded, moment):
    with graded.start() as run:
        graded.wait_for(run, moment)
        family = run.children(recursive=True)
        os.killpg(run.pid, signal.SIGINT)
        said = run.communicate(timeout=20)[1]
        assert run.returncode == 130
        # Before the first one there is nothing to tell.
        done = re.fullmatch(r"(?:(\d+) of 24 submissions were done, and they are kept: [a-z ]+\n)?", said)
        assert done
        assert moment <= int(done[1] or 0)
    # Nothing has to be waited for: they have ended before it did.
    assert [each for each in family if each.is_running() and each.status() != psutil.STATUS_ZOMBIE] == []
    assert list(graded.temporary.iterdir()) == []
    assert moment <= graded.goes_on() < STUDENTS


def test_two_runs_at_once_share_the_store(graded):
    with graded.start("one.json") as one, graded.start("two.json") as two:
        assert (one.wait(60), two.wait(60)) == (0, 0)
    for name in ("one.json", "two.json"):
        assert graded.made.scores(graded.made.course / name) == graded.made.expected
    assert graded.goes_on() == STUDENTS
