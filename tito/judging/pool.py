"""A pool of judges: worker processes, each with a zygote of its own, warm for a whole run.

The coordinator hands out jobs and takes results; it runs no test and holds no more than a few jobs at a time.
A worker that dies is replaced and its job tried once more; one that takes two workers with it is given up by name.
"""

import contextlib
import multiprocessing
import os
import shutil
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Final, Generic, NoReturn, Protocol, Self

from tito.judging.judge.launcher import Zygote
from tito.judging.worker import Job, Result, Serve, Setting, run_folder, work
from tito.sandbox.levels import Level

# One job in work and one that waits, so that no worker is idle while its result is on the way.
_AHEAD: Final = 2
_TRIES: Final = 2
_PARTING: Final = 2.0


class Judges(Protocol):
    """What runs jobs: this process alone, or a pool of others.

    `level` is what confines the submissions.
    """

    @property
    def level(self) -> Level:
        """The sandbox level."""

    def run(
        self,
        serve: Serve[Job, Result],
        jobs: Iterable[Job],
        done: Callable[[Job, Result], None],
        lost: Callable[[Job], Result],
    ) -> None:
        """Serve every job and hand it with its result to `done`; `lost` makes the result of one that was given up."""


class Here:
    """Judges of one: this very process, with the zygote that it is given."""

    def __init__(self, zygote: Zygote) -> None:
        self.level = zygote.level
        self._zygote = zygote

    def run(
        self,
        serve: Serve[Job, Result],
        jobs: Iterable[Job],
        done: Callable[[Job, Result], None],
        lost: Callable[[Job], Result],  # noqa: ARG002 - what takes this process with it leaves nobody to say so
    ) -> None:
        """Serve the jobs one by one."""
        begun: deque[Job] = deque()

        def taken() -> Iterator[Job]:
            for job in jobs:
                begun.append(job)
                yield job

        serve(self._zygote, taken(), lambda result: done(begun.popleft(), result))


class Pool:
    """Judges in `count` processes. Use it in a `with` statement: on the way out, whatever the reason, all are ended.

    `start` makes a worker's zygote, of a sandbox `level`. A worker that says nothing for `patience` seconds is taken
    for dead.
    """

    def __init__(self, start: Callable[[], Zygote], count: int, level: Level, patience: float = 900.0) -> None:
        self.level = level
        self._start = start
        self._patience = patience
        self._cores = _cores_for(count)
        self._workers: list[_Worker[Any]] = []
        self._folder = run_folder()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        """End every worker, and with it its zygote and the subject at hand; remove what they left."""
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.bury()
        self._workers = []

    def run(
        self,
        serve: Serve[Job, Result],
        jobs: Iterable[Job],
        done: Callable[[Job, Result], None],
        lost: Callable[[Job], Result],
    ) -> None:
        """Serve the jobs with all workers; results come as they are ready. Raises what a worker's `serve` raises."""
        waiting = _Queue(jobs)
        with terminable():
            while waiting or any(worker.jobs for worker in self._workers):
                self._deal(serve, waiting)
                for worker in self._heard():
                    try:
                        content = worker.hear()
                    except (EOFError, OSError):
                        for job in self._replaced(worker, waiting):
                            done(job, lost(job))
                    else:
                        done(worker.jobs.popleft().content, content)
            self._dismiss()

    def _deal(self, serve: Serve[Any, Any], queue: "_Queue[Any]") -> None:
        """Hire what workers there is work for, and see that each has some ahead."""
        while queue and len(self._workers) < len(self._cores):
            self._hire(serve)
            queue.deal(self._workers[-1])
        for worker in self._workers:
            while queue and len(worker.jobs) < _AHEAD:
                queue.deal(worker)

    def _hire(self, serve: Serve[Any, Any]) -> None:
        taken = {worker.place for worker in self._workers}
        place = next(each for each in range(len(self._cores)) if each not in taken)
        ours, theirs = multiprocessing.Pipe()
        # A child would keep the others' ends open, and nobody would see them end.
        inherited = [ours, *(worker.link for worker in self._workers)]
        setting = Setting(self._start, self._folder, self._cores[place], os.getpid())
        with _undisturbed() as signals:
            process = multiprocessing.get_context("fork").Process(
                target=_begin, args=(signals, theirs, serve, setting, inherited), daemon=True
            )
            process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours, place))

    def _heard(self) -> list["_Worker[Any]"]:
        """Wait for words from workers; one that has been silent for too long is killed, which is a word too."""
        now = time.monotonic()
        for worker in self._workers:
            if worker.jobs and now - worker.heard > self._patience:
                worker.process.kill()
        found = wait([worker.link for worker in self._workers], timeout=self._patience / 10)
        return [worker for worker in self._workers if worker.link in found]

    def _replaced(self, worker: "_Worker[Job]", queue: "_Queue[Job]") -> list[Job]:
        """Bury a worker; its jobs go back to the queue, but for one that it is the second to die of."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.bury()
        for place, job in reversed(list(enumerate(worker.jobs))):
            job.tries += place == 0
            if job.tries < _TRIES:
                queue.back(job)
        return [job.content for job in list(worker.jobs)[:1] if job.tries >= _TRIES]

    def _dismiss(self) -> None:
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.link.send(None)
        for worker in self._workers:
            worker.process.join(_PARTING)
        self._end()


@dataclass(slots=True)
class _Job(Generic[Job]):
    content: Job
    tries: int = 0


@dataclass(slots=True)
class _Worker(Generic[Job]):
    """A worker as the coordinator sees it; `jobs` are those that it has not answered, in order."""

    process: BaseProcess
    link: Connection
    place: int
    jobs: deque[_Job[Job]] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)

    def hear(self) -> Any:
        """Return the result of its first job. Raises EOFError or OSError where it died, or what its work raised."""
        kind, content = self.link.recv()
        self.heard = time.monotonic()
        if kind == "raised":
            raise content
        return content

    def bury(self) -> None:
        """Wait for a process that has been killed."""
        self.process.join()
        self.process.close()
        self.link.close()


class _Queue(Generic[Job]):
    """Jobs to hand out, read one by one from where they come from; true while there are more."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._source = iter(jobs)
        self._next: deque[_Job[Job]] = deque()

    def __bool__(self) -> bool:
        if not self._next:
            self._next.extend(_Job(each) for each in _first(self._source))
        return bool(self._next)

    def deal(self, worker: _Worker[Job]) -> None:
        """Give a worker the next job."""
        job = self._next.popleft()
        worker.jobs.append(job)
        # One that has died in the meantime is found when it is listened to.
        with contextlib.suppress(OSError):
            worker.link.send(job.content)

    def back(self, job: _Job[Job]) -> None:
        """Take a job back that was not done."""
        self._next.appendleft(job)


def _first(source: Iterator[Job]) -> Iterator[Job]:
    with contextlib.suppress(StopIteration):
        yield next(source)


def _cores_for(count: int) -> list[int | None]:
    """Return a processor for each worker where they take them all, else none.

    A judge and its subject take turns: on one processor they need not wake another one up for every question.
    """
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return list(cores[:count]) if cores and count == len(cores) else [None] * count


@contextlib.contextmanager
def terminable() -> Iterator[None]:
    """Take SIGTERM as the interruption that Ctrl-C is, so that everything is put away."""

    def interrupted(_: int, __: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _undisturbed() -> Iterator[set[int]]:
    """Put off Ctrl-C and SIGTERM; give the signals that were put off before.

    What a signal raises in the middle of a fork is lost, for Python ignores what the hooks around one raise.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield {int(each) for each in before}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(signals: set[int], *given: Any) -> None:
    """Be a worker, to whom an interruption is no longer one once it can come."""
    # Ctrl-C reaches every process of a terminal; it is the coordinator that ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    work(*given)
