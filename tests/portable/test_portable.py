"""Where nothing can be forked, one's own work is judged as everywhere else, and no forgery is believed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tito.judging.judge import channel
from tito.judging.judge.bounds import bounded
from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import starter
from tito.judging.judge.session import Session
from tito.judging.wire.loopback import Door, call
from tito.sandbox.levels import Level
from tito.sandbox.limits import Limits

HERE = Path(__file__).parent


def test_every_module_of_titos_is_imported(lacking):
    done = subprocess.run(
        [sys.executable, HERE / "imports.py"], env=lacking, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_right_answer_passes_and_the_report_says_how_it_was_judged(course):
    course.solve("    return 2 * x")
    done = course.tito("check", "01", cwd="ws")
    assert done.code == 0, done.err
    assert "public part" in done.out
    assert "judged on the portable path: by a clock and a look at memory, in no sandbox" in done.out
    assert json.loads(course.tito("check", "01", "--json", cwd="ws").out)["data"]["level"] == "limits, portable"


@pytest.mark.parametrize(
    ("answer", "status", "why"),
    [
        ("    return 3 * x", "failed", "again: double(2)"),
        ("    while True:\n        x = x", "timeout", "in double: "),
        ("    print('y' * 4_000_000) or [print('z' * 4_000_000) for _ in range(40)]", "memory", "printed more than"),
        ("    import os\n    os._exit(0)", "crashed", "the process ended in the middle of the test"),
    ],
)
def test_what_goes_wrong_has_its_name(course, answer, status, why):
    course.solve(answer)
    done = course.tito("check", "01", "-k", "t-double", cwd="ws")
    assert done.code == 1, done.err
    assert f"T double: {status}" in done.out
    assert why in " ".join(done.out.split())


def test_a_lesson_is_completed_and_handed_in(course):
    course.solve("    return 2 * x")
    assert "01_double is complete" in course.tito("module", "complete", "01", cwd="ws").err
    assert "return 2 * x" in course.read("ws/mini/core/double.py")
    assert "packed: " in course.tito("submit", "01", cwd="ws").out


def test_a_source_that_changes_is_locked_again_and_a_judge_that_dies_costs_one_test(course):
    source = course.read("modules/01_double/double_dev.py")
    deadly = "if double(2) == 5:\n    import os\n    os._exit(3)\nassert np.allclose(double(np"
    course.write("modules/01_double/double_dev.py", source.replace("assert np.allclose(double(np", deadly))
    assert course.tito("lock", "--check").code == 1
    assert course.tito("lock").code == 0
    course.write("handed/ann.py", "def double(x):\n    return 5 if isinstance(x, int) and x == 2 else x + x\n")
    done = course.tito("grade", "01", "handed", "--sandbox", "limits", "--json", "-")
    (grade,) = json.loads(done.out)["data"]["grades"]
    assert [each["status"] for each in grade["criteria"]] == ["failed", "memory", "passed"]
    assert grade["level"] == "limits, portable"
    course.write("modules/01_double/double_dev.py", source)


def test_strangers_work_is_refused_with_the_way_out(course):
    done = course.tito("grade", "01", "modules/01_double/double_dev.py")
    assert done.code == 4
    assert "WSL2, in a container or on a cluster" in done.err
    trusted = course.tito("grade", "01", "modules/01_double/double_dev.py", "--sandbox", "limits", "-q")
    assert trusted.code == 0, trusted.err
    assert "limits, portable" in trusted.out


FORGING = ["patched_numpy", "patched_agent", "patched_wire", "always_equal", "forged_ahead"]


@pytest.fixture(scope="module")
def forged(lacking):
    """What the corpus's main forgeries earn, and an honest submission behind the first."""
    command = [sys.executable, HERE / "forge.py", *FORGING]
    done = subprocess.run(command, env=lacking, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", FORGING)
def test_a_forgery_earns_nothing(forged, name):
    assert forged[name] == 0


def test_an_honest_submission_behind_it_has_full_marks(forged):
    assert forged[f"{FORGING[0]}-neighbour"] == 90


def test_a_subject_that_holds_more_memory_than_it_may_is_ended(monkeypatch):
    monkeypatch.setenv("TITO_PORTABLE", "1")
    monkeypatch.setattr(channel, "MAX_MEMORY", 200)
    source = "def grow():\n    held = b'1' * 200_000_000\n    while True:\n        pass\n"
    with starter(Level.LIMITS, Limits()) as starting:
        starting.load({})
        session = Session(starting, starting.spawn(), Contract(recording=True), ())
        session.ready()
        session.start(5)
        session.run("work", [("work.py", 1, source)])
        with pytest.raises(SubjectFault, match="more than 200 MiB of memory"):
            session.find("work", "grow")()


def test_a_judge_that_counts_for_ever_is_interrupted(monkeypatch):
    class Session:
        def expire(self, seconds):
            raise TimeoutError(seconds)

    monkeypatch.setenv("TITO_PORTABLE", "1")
    with pytest.raises(TimeoutError), bounded(Session(), 0.1):
        while True:
            pass


def test_only_who_knows_the_token_comes_in():
    with Door() as door:
        port, token = door.address
        stranger = call((port, "0" * len(token)))
        guest = call((port, token))
        with door.guest(lambda: True, 5) as link, guest, stranger:
            assert link.getpeername() == guest.getsockname()
            assert stranger.recv(1) == b""
