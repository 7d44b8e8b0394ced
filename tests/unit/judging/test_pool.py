"""A pool of workers: every job is served once, whatever dies meanwhile, and nothing is left behind."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from tito.errors import CourseError, Problem
from tito.judging.pool import Here, Pool
from tito.sandbox.levels import Level


class NoZygote:
    """Stands where a zygote would: these jobs need none."""

    level = Level.NONE

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def serve(_, jobs, done):
    for job in jobs:
        done((job, os.getpid()))


def run(pool, jobs, serve=serve):
    found = []
    pool.run(serve, jobs, lambda job, result: found.append((job, result)), lambda job: (job, "lost"))
    return found


def alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture
def pool():
    with Pool(NoZygote, 3, Level.NONE, patience=20) as started:
        yield started


def test_every_job_is_served_once(pool):
    found = run(pool, range(100))
    assert sorted(job for job, _ in found) == list(range(100))
    assert all(job == result[0] for job, result in found)


def test_the_work_is_shared(pool):
    def slow(zygote, jobs, done):
        serve(zygote, (job for job in jobs if time.sleep(0.02) is None), done)

    assert len({pid for _, (_, pid) in run(pool, range(30), slow)}) == 3


def test_no_more_jobs_are_read_than_are_in_work(pool):
    seen, done = [], []
    jobs = (seen.append(number) or number for number in range(60))

    def finished(job, _):
        done.append(job)
        assert len(seen) - len(done) <= 3 * 2

    pool.run(serve, jobs, finished, lambda job: job)
    assert len(done) == 60


def test_a_pool_may_run_again(pool):
    for count in (5, 7):
        assert len(run(pool, range(count))) == count


def test_no_job_at_all_is_no_work(pool):
    assert run(pool, []) == []


def test_large_jobs_and_results_pass_each_other(pool):
    def grow(_, jobs, done):
        for job in jobs:
            done(job * 2)

    assert [len(result) for _, result in run(pool, [b"x" * (1 << 21)] * 12, grow)] == [1 << 22] * 12


def test_a_job_that_kills_its_worker_twice_is_given_up_and_the_rest_is_done(pool):
    def deadly(_, jobs, done):
        for job in jobs:
            if job == 7:
                os.kill(os.getpid(), signal.SIGKILL)
            done((job, "done"))

    found = dict(run(pool, range(20), deadly))
    assert len(found) == 20
    assert found[7] == (7, "lost")
    assert {result for job, (_, result) in found.items() if job != 7} == {"done"}


def test_a_job_whose_worker_died_by_chance_is_done_by_the_next(pool, tmp_path):
    def unlucky(_, jobs, done):
        for job in jobs:
            if job == 7 and not (tmp_path / "died").exists():
                (tmp_path / "died").touch()
                os.kill(os.getpid(), signal.SIGKILL)
            done((job, "done"))

    assert sorted(run(pool, range(20), unlucky)) == [(job, (job, "done")) for job in range(20)]


def test_any_worker_may_be_killed_at_any_moment(pool):
    def slow(_, jobs, done):
        for job in jobs:
            time.sleep(0.01)
            done((job, os.getpid()))

    found, killed = [], []

    def finished(job, result):
        found.append(job)
        if len(found) in {5, 15, 25} and alive(result[1]):
            os.kill(result[1], signal.SIGKILL)
            killed.append(result[1])

    pool.run(slow, range(60), finished, lambda job: (job, 0))
    assert sorted(found) == list(range(60))
    assert killed


def test_a_worker_that_says_nothing_is_taken_for_dead():
    def hang(_, jobs, done):
        for job in jobs:
            while job == 1:
                time.sleep(1)
            done((job, "done"))

    with Pool(NoZygote, 1, Level.NONE, patience=0.3) as pool:
        assert sorted(run(pool, range(3), hang)) == [(0, (0, "done")), (1, (1, "lost")), (2, (2, "done"))]


def test_what_a_worker_raises_is_raised(pool):
    def wrong(_, jobs, __):
        next(jobs)
        raise CourseError(Problem("the grader is wrong", path="a.py", line=3))

    with pytest.raises(CourseError, match=r"a.py:3: the grader is wrong"):
        run(pool, range(5), wrong)


@pytest.mark.parametrize("end", [KeyboardInterrupt, CourseError])
def test_nothing_outlives_the_pool(end):
    pids = set()

    def finished(_, result):
        pids.add(result[1])
        if len(pids) == 2:
            raise end

    def slow(zygote, jobs, done):
        serve(zygote, (job for job in jobs if time.sleep(0.01) is None), done)

    with pytest.raises(end), Pool(NoZygote, 2, Level.NONE) as pool:
        pool.run(slow, range(10_000), finished, lambda job: job)
    assert not [pid for pid in pids if alive(pid)]


def test_sigterm_is_an_interruption(pool):
    def finished(job, _):
        if job == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt):
        pool.run(serve, range(10_000), finished, lambda job: job)


def test_an_interruption_in_the_middle_of_a_fork_is_not_lost():
    coordinator = os.fork()
    if coordinator == 0:
        os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
        try:
            with Pool(NoZygote, 1, Level.NONE) as pool:
                run(pool, range(3))
        except KeyboardInterrupt:
            os._exit(7)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(coordinator, 0)[1]) == 7


def _coordinate(writing):
    def slow(_, jobs, done):
        for job in jobs:
            os.write(writing, f"{os.getpid()}\n".encode())
            time.sleep(0.2)
            done((job, 0))

    with Pool(NoZygote, 2, Level.NONE) as pool:
        pool.run(slow, range(100), lambda *_: None, lambda job: job)


def test_workers_end_with_their_coordinator():
    reading, writing = os.pipe()
    coordinator = os.fork()
    if coordinator == 0:
        try:
            _coordinate(writing)
        finally:
            os._exit(0)
    pids = {int(each) for each in (os.read(reading, 100) + os.read(reading, 100)).split()}
    os.kill(coordinator, signal.SIGKILL)
    os.waitpid(coordinator, 0)
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert pids
    assert not [pid for pid in pids if alive(pid)]
    os.close(reading)
    os.close(writing)


def test_one_process_serves_in_order():
    assert run(Here(NoZygote()), range(5)) == [(job, (job, os.getpid())) for job in range(5)]
