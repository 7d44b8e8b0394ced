"""A pool of workers: every work is judged once, whatever dies meanwhile, and nothing is left behind."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tito.errors import CourseError
from tito.judging.plan import Confinement, Plan, Work
from tito.judging.pool import Pool
from tito.model.grader import Grader, LockedCriterion
from tito.model.outcome import Status
from tito.sandbox.levels import Level

COMMAND = (sys.executable, str(Path(__file__).with_name("scripted_worker.py")))
PLAN = Plan(Grader("01_x", "x", (LockedCriterion("c", 1, ("test_x.py::test_c",)),), ()), "nowhere")


def works(count, path="", special=None):
    for number in range(count):
        yield Work(str(number), path=(special or {}).get(number, path))


def names(found):
    return sorted(int(work.name) for work, _ in found)


def pids(found):
    return {int(ruling.submission.student) for _, ruling in found if ruling.submission.student}


def alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def pool_of(count, patience=20):
    return Pool(COMMAND, lambda: Confinement(Level.NONE), count, patience)


@pytest.fixture
def pool():
    with pool_of(3) as started:
        yield started


def test_every_work_is_judged_once(pool):
    found = list(pool.rulings(PLAN, works(100)))
    assert names(found) == list(range(100))
    assert all(ruling.submission.path == work.name for work, ruling in found)


def test_the_work_is_shared(pool):
    assert len(pids(list(pool.rulings(PLAN, works(60, "slow"))))) == 3


def test_no_more_works_are_read_than_are_at_hand(pool):
    seen = []
    done = 0
    for _ in pool.rulings(PLAN, (seen.append(work) or work for work in works(60))):
        done += 1
        assert len(seen) - done <= 3 * 2
    assert done == 60


def test_a_pool_may_judge_again_with_the_same_workers(pool):
    before, after = (list(pool.rulings(PLAN, works(count, "slow"))) for count in (30, 40))
    assert (len(before), len(after)) == (30, 40)
    assert pids(before) == pids(after)


def test_no_work_at_all_is_nothing_to_do(pool):
    assert list(pool.rulings(PLAN, [])) == []


def test_large_works_and_rulings_pass_each_other(pool):
    large = [Work(str(number), path="large", content=b"x" * (1 << 21)) for number in range(12)]
    assert [len(ruling.submission.notes[0]) for _, ruling in pool.rulings(PLAN, large)] == [1 << 22] * 12


def test_a_work_that_kills_its_worker_twice_is_given_up_and_the_rest_is_done(pool):
    found = {int(work.name): ruling for work, ruling in pool.rulings(PLAN, works(20, special={7: "deadly"}))}
    assert len(found) == 20
    assert [each.status for each in found[7].run.outcomes] == [Status.BROKEN]
    assert all(ruling.run is None for number, ruling in found.items() if number != 7)


def test_a_work_whose_worker_died_by_chance_is_done_by_the_next(pool, tmp_path):
    found = list(pool.rulings(PLAN, works(20, special={7: f"unlucky {tmp_path / 'died'}"})))
    assert names(found) == list(range(20))
    assert all(ruling.run is None for _, ruling in found)


def test_a_worker_that_says_nothing_is_taken_for_dead():
    with pool_of(1, patience=5) as pool:
        found = {work.name: ruling for work, ruling in pool.rulings(PLAN, works(3, special={1: "silent"}))}
    assert [bool(found[name].run) for name in "012"] == [False, True, False]


def test_what_is_wrong_with_the_course_is_raised(pool):
    with pytest.raises(CourseError, match=r"a.py:3: the grader is wrong"):
        list(pool.rulings(PLAN, works(5, "wrong")))


@pytest.mark.parametrize("end", [KeyboardInterrupt, CourseError])
def test_nothing_outlives_the_pool(end):
    found = []
    with pytest.raises(end), pool_of(2) as pool:
        for each in pool.rulings(PLAN, works(10_000, "slow")):
            found.append(each)
            if len(pids(found)) == 2:
                raise end
    assert not [pid for pid in pids(found) if alive(pid)]


def test_sigterm_is_an_interruption(pool):
    with pytest.raises(KeyboardInterrupt):
        for work, _ in pool.rulings(PLAN, works(10_000)):
            if work.name == "3":
                os.kill(os.getpid(), signal.SIGTERM)


def _coordinate(writing):
    with pool_of(2) as pool:
        for _, ruling in pool.rulings(PLAN, works(1_000, "slow")):
            os.write(writing, f"{ruling.submission.student}\n".encode())


def test_workers_end_with_their_coordinator():
    reading, writing = os.pipe()
    coordinator = os.fork()
    if coordinator == 0:
        try:
            _coordinate(writing)
        finally:
            os._exit(0)
    time.sleep(1)
    found = {int(each) for each in os.read(reading, 1000).split()}
    os.kill(coordinator, signal.SIGKILL)
    os.waitpid(coordinator, 0)
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in found) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert found
    assert not [pid for pid in found if alive(pid)]
    os.close(reading)
    os.close(writing)
