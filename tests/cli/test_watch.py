"""`tito check --watch`: what is saved is checked, its state survives, and keys are answered."""

import os
import pty
import re
import select
import subprocess
import sys
import threading
import time

import pytest

from tito.errors import CourseError
from tito.sandbox.system import lacking
from tito.workflows.grading.judges import start_pool
from tito.workflows.student import watch as watching
from tito.workflows.student.watch import Watch, saved, times

WORK = "modules/01_double/double_dev.py"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"


@pytest.fixture(scope="module")
def workspace(new_course, tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("watched"))
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    assert course.tito("release", "--out", "ws").code == 0
    return course.root / "ws"


@pytest.fixture
def work(workspace):
    """What writes an answer into the stub."""
    path, stub = workspace / WORK, (workspace / ".tito/stubs/01_double/double_dev.py").read_text("utf-8")
    (workspace / ".tito/checks.json").unlink(missing_ok=True)
    path.write_text(stub, "utf-8")
    return lambda answer: path.write_text(stub.replace(STUB, answer), "utf-8")


@pytest.fixture
def watch(workspace):
    with Watch(workspace, workspace, lambda course: start_pool(course, 1)) as found:
        yield found


def test_each_look_tells_what_has_changed_since_the_last_one(watch, work):
    assert watch.look("01").changes == ()
    work("return 2 * x")
    assert [change[1:] for change in watch.look("01").changes] == [("to do", "passed")] * 2
    work("return 2 *")
    assert watch.look("01").result is None
    work("return x ** 2")
    assert [change[2] for change in watch.look("01").changes] == ["failed"]


def test_one_judge_stays_warm_and_a_fault_of_the_course_ends_it_alone(watch, work, workspace):
    watch.look("01")
    first = watch._pool
    work("return 2 * x")
    watch.look("01")
    assert watch._pool is first
    grader = workspace / "graders/01_double/test_double.py"
    text = grader.read_text("utf-8")
    grader.write_text(text + "\n# mine\n", "utf-8")
    with pytest.raises(CourseError, match="not the one that was locked"):
        watch.look("01")
    grader.write_text(text, "utf-8")
    assert watch.look("01").result.passed


@pytest.mark.parametrize("told", [True, False])
def test_a_save_is_seen_by_the_system_or_by_looking(work, workspace, monkeypatch, told):
    if not told:
        monkeypatch.setitem(sys.modules, "watchfiles", None)
    stop, seen = threading.Event(), []
    folders = [workspace / "modules"]
    for turn, paths in enumerate(saved(folders, stop, times(folders))):
        if turn == 3:
            work("return 1")
            (workspace / "modules/01_double/.hidden.py").write_text("", "utf-8")
        seen += paths
        if seen or turn > 200:
            stop.set()
            break
    assert [path.name for path in seen] == ["double_dev.py"]


def test_a_save_before_the_watch_begins_is_seen_too(work, workspace):
    folders, stop = [workspace / "modules"], threading.Event()
    since = times(folders)
    time.sleep(0.01)
    work("return 5")
    seen = next(saved(folders, stop, since))
    stop.set()
    assert [path.name for path in seen] == ["double_dev.py"]


def test_what_editors_leave_beside_a_lesson_is_no_work():
    assert watching._is_work(None, "/x/modules/01/a.py")
    assert not watching._is_work(None, "/x/modules/01/.ipynb_checkpoints/a.ipynb")
    assert not watching._is_work(None, "/x/modules/01/a.txt")


class Terminal:
    """`tito check --watch` in a terminal of its own."""

    def __init__(self, workspace):
        self._main, end = pty.openpty()
        settings = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "80", "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", "from tito.cli import main; main()", "check", "--watch", "01"]
        self.process = subprocess.Popen(
            command, cwd=workspace, env=settings, stdin=end, stdout=end, stderr=end, start_new_session=True
        )
        os.close(end)

    def until(self, text, seconds=30):
        found, ends = b"", time.monotonic() + seconds
        while time.monotonic() < ends:
            if select.select([self._main], [], [], 0.05)[0]:
                found += os.read(self._main, 1 << 16)
            if re.search(text.encode(), found):
                return found.decode("utf-8", "replace")
        raise AssertionError(f"{text} never came: {found.decode('utf-8', 'replace')}")

    def press(self, key):
        os.write(self._main, key.encode())


@pytest.mark.skipif("select.poll" in lacking(), reason="keys come from a console of Windows' there")
def test_a_terminal_shows_the_first_thing_after_each_save_and_answers_keys(work, workspace):
    terminal = Terminal(workspace)
    try:
        assert "to do: 2 criteria" in terminal.until("q quit")
        work("return 3 * x")
        assert "expected  4" in terminal.until("q quit")
        terminal.press("l")
        assert "are sure" in terminal.until("q quit")
        terminal.press("d")
        assert "to do → failed" in terminal.until("q quit")
        work("return 2 * x")
        terminal.until("every visible test passes")
        terminal.press("q")
        assert terminal.process.wait(10) == 0
    finally:
        terminal.process.kill()
