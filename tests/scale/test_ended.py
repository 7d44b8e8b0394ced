"""A command that is told to end puts everything away first, whatever it was doing."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

SLOW = "# %%\nimport time\n\ntime.sleep(1.5)\n\n\ndef double(x):\n    return 2 * x\n"
COMMANDS = {
    "check": ["check", "01"],
    "doctor": ["doctor"],
    "lock": ["lock", "01"],
    "validate": ["validate", "01"],
}


@pytest.fixture
def begun(new_class):
    """What starts a command of tito's whose temporary files lie in one folder."""
    course = new_class(0).course
    temporary = Path(tempfile.mkdtemp(prefix="ended-"))
    temporary.chmod(0o711)

    def begin(*arguments):
        if "check" in arguments:
            (course / "modules/01_double/double_dev.py").write_text(SLOW)
        command = [sys.executable, "-c", "from tito.cli import main; main()", *arguments]
        return temporary, psutil.Popen(
            command, cwd=course, env={**os.environ, "TMPDIR": str(temporary)}, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    yield begin
    temporary.rmdir()


def subject_starts(folder, run):
    """Wait until there is a scratch folder in the folder of some zygote."""
    deadline = time.monotonic() + 60
    while not any(map(has_entries, folder.iterdir())) and run.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def has_entries(folder):
    """Say whether there is something in a folder that may go at any moment."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return any(folder.iterdir())
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("command", COMMANDS)
def test_it_leaves_neither_folder_nor_process(begun, command, number):
    folder, run = begun(*COMMANDS[command])
    with run:
        subject_starts(folder, run)
        family = run.children(recursive=True)
        run.send_signal(number)
        assert (run.wait(30), run.stderr.read()) == (130, "")
    _, left = psutil.wait_procs(family, timeout=20)
    assert left == []
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("after", [0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.3])
def test_at_any_moment_a_check_that_is_ended_leaves_no_folder(begun, after):
    folder, run = begun(*COMMANDS["check"])
    with run:
        time.sleep(after)
        with contextlib.suppress(psutil.NoSuchProcess):
            run.terminate()
        assert run.wait(30) in {130, -signal.SIGTERM}
    assert list(folder.iterdir()) == []


def test_what_ignores_the_end_of_its_terminal_goes_on(begun):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        folder, run = begun(*COMMANDS["check"])
    finally:
        signal.signal(signal.SIGHUP, before)
    with run:
        subject_starts(folder, run)
        run.send_signal(signal.SIGHUP)
        assert run.wait(60) == 0, run.stderr.read()
    assert list(folder.iterdir()) == []
