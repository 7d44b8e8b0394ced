"""A pool of workers: each with a grader collected and a zygote of its own, warm for a whole run.

The coordinator hands out works and gives rulings on; it runs no test, parses nothing that a student wrote, and holds
no more than a few works at a time. A worker that dies is replaced and its work tried once more; one that takes two
workers with it is given up by name.
"""

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn, Protocol, Self

from tito.errors import BrokenError, CourseError, Problem, TitoError, UnreadableError
from tito.judging.begun import Begun, begun, started
from tito.judging.link import Closed, Link
from tito.judging.plan import Confinement, Plan, Ruling, Setting, Work, with_text
from tito.judging.wire.loopback import Door, order
from tito.model.coding import from_plain, to_plain
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.submission import Submission
from tito.records import dataclass
from tito.sandbox.levels import Level
from tito.sandbox.scratch import remove
from tito.sandbox.system import portable

# One work at hand and one that waits, so that no worker is idle while its ruling is on the way.
_AHEAD: Final = 2
_TRIES: Final = 2
_PARTING: Final = 2.0
_LAST_WORDS: Final = 5.0
_LOOK: Final = 0.002
_MOST: Final = 64 << 20
_FOLDER: Final = "tito-run-"
_FAULTS: Final[dict[str, type[TitoError]]] = {each.__name__: each for each in (CourseError, UnreadableError)}


class Judges(Protocol):
    """What judges works: a pool of processes here, or the workers of a cluster; `level` is what confines them."""

    @property
    def level(self) -> Level:
        """The sandbox level."""

    def rulings(self, plan: Plan, works: Iterable[Work]) -> Iterator[tuple[Work, Ruling]]:
        """Judge every work by a plan and give each with its ruling as it is ready.

        Works are taken as there is room for them. Raises CourseError where the plan's grader cannot be collected.
        """


class Pool:
    """Judges in `count` processes of this machine; use it in a `with` statement: on the way out, all are ended.

    `command` starts a worker, with the number of its end of the link behind it; where none is inherited, with
    an empty text, and the way in comes over its input. `confine` finds out what subjects are confined to, while the
    first worker starts. One that says nothing for `patience` seconds is taken for dead. `seed` is that of all their
    hashes.
    """

    def __init__(
        self,
        command: Sequence[str],
        confine: Callable[[], Confinement],
        count: int = 1,
        patience: float = 900.0,
        seed: int = 0,
    ) -> None:
        self._start = _Start(tuple(command), cache(confine), _run_folder(), seed)
        self._patience = patience
        self._cores = _cores_for(count)
        self._workers: list[_Worker] = []
        # What those that were dismissed had started, and has perhaps not ended yet.
        self._left: set[int] = set()
        self._signals = contextlib.ExitStack()

    @property
    def level(self) -> Level:
        """The sandbox level."""
        return self._start.confine().level

    def __enter__(self) -> Self:
        self._signals.enter_context(terminable())
        try:
            # It takes as long to be ready as its plan takes to be made.
            self._hire()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()
        self._signals.close()

    def close(self) -> None:
        """End every worker, and with it its zygote, its judge and the subject at hand; remove what they left."""
        family = self._left | _descendants({worker.process.pid for worker in self._workers})
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.bury()
        self._workers = []
        # Their zygotes, judges and subjects end with them, each a moment after the one that started it; one that has
        # only begun to start knows no folder yet.
        ends = time.monotonic() + _LAST_WORDS
        while (not remove(self._start.folder) or any(map(_runs, family))) and time.monotonic() < ends:
            family |= _descendants(family)
            time.sleep(_LOOK)

    def rulings(self, plan: Plan, works: Iterable[Work]) -> Iterator[tuple[Work, Ruling]]:
        """See `Judges`; the first works are dealt out before anybody waits for their rulings."""
        waiting = _Queue(works)
        self._deal(plan, waiting)
        return self._rulings(plan, waiting)

    def _rulings(self, plan: Plan, waiting: "_Queue") -> Iterator[tuple[Work, Ruling]]:
        try:
            while waiting or any(worker.works for worker in self._workers):
                self._deal(plan, waiting)
                for worker in self._heard():
                    try:
                        yield from worker.rulings()
                    except Closed:
                        yield from self._replaced(worker, waiting, plan)
        finally:
            # Where a fault ended it, or whoever asked has gone, nobody waits for what these would answer.
            for worker in [each for each in self._workers if each.works]:
                self._dismiss(worker)

    def _deal(self, plan: Plan, queue: "_Queue") -> None:
        """Give each worker one work, then one ahead, and hire those that there is work for."""
        while queue and (worker := self._idle()):
            queue.deal(worker, plan)
        for worker in self._workers:
            while queue and len(worker.works) < _AHEAD:
                queue.deal(worker, plan)

    def _idle(self) -> "_Worker | None":
        idle = next((worker for worker in self._workers if not worker.works), None)
        return self._hire() if idle is None and len(self._workers) < len(self._cores) else idle

    def _hire(self) -> "_Worker":
        taken = {worker.place for worker in self._workers}
        place = next(number for number in range(len(self._cores)) if number not in taken)
        worker = self._start.worker(place, self._cores[place])
        self._workers.append(worker)
        return worker

    def _heard(self) -> list["_Worker"]:
        """Wait for words from workers; one that has been silent for too long is killed, which is a word too."""
        now = time.monotonic()
        for worker in self._workers:
            if worker.works and now - worker.heard > self._patience:
                worker.process.kill()
        links = {worker.link.fileno(): worker for worker in self._workers}
        writing = [number for number, worker in links.items() if worker.link.writing]
        ready, free, _ = select.select(list(links), writing, [], self._patience / 10)
        for number in free:
            links[number].link.flush()
        return [links[number] for number in ready]

    def _replaced(self, worker: "_Worker", queue: "_Queue", plan: Plan) -> Iterator[tuple[Work, Ruling]]:
        """Bury a worker; its works go back to the queue, but for one that it is the second to die of."""
        self._dismiss(worker)
        for index, waiting in reversed(list(enumerate(worker.works))):
            waiting.tries += index == 0
            if waiting.tries < _TRIES:
                queue.back(waiting)
            else:
                yield waiting.work, given_up(plan, waiting.work)

    def _dismiss(self, worker: "_Worker") -> None:
        self._workers.remove(worker)
        self._left = {each for each in self._left if _runs(each)} | _descendants({worker.process.pid})
        worker.end()


def given_up(plan: Plan, work: Work) -> Ruling:
    """Return what becomes of a work that two workers died of: tito's own fault, in the submission's row."""
    why = Failure("the process that judged this died, and so did the next one. Run `tito doctor`.")
    tests = [(each.grade_id, test) for each in plan.grader.criteria for test in each.tests]
    outcomes = tuple(Outcome(grade_id, test, Status.BROKEN, failure=why) for grade_id, test in tests)
    submission = Submission(work.student, plan.grader.module, work.path, None)
    return Ruling(submission, Run((*outcomes, *with_text(plan, submission, work, outcomes))))


@dataclass(frozen=True, slots=True)
class _Start:
    """How workers are started, and where their files go."""

    command: tuple[str, ...]
    confine: Callable[[], Confinement]
    folder: str
    seed: int
    seconds: float = 60.0

    def worker(self, place: int, core: int | None) -> "_Worker":
        process, end = self._called() if portable() else begun(self.command, self.seed)
        worker = _Worker(process, Link(end, _MOST), place)
        try:
            setting = Setting(self.confine(), self.folder, os.getpid(), core)
        except BaseException:
            worker.end()
            raise
        worker.link.put(to_plain(setting))
        return worker

    def _called(self) -> Begun:
        """Start a worker that inherits no descriptor: it is told where to come in, and ends with its input."""
        with Door() as door:
            process = started([*self.command, ""], self.seed, stdin=subprocess.PIPE)
            order(process, door.address)
            try:
                return process, door.guest(lambda: process.poll() is None, self.seconds)
            except OSError as fault:
                process.kill()
                raise BrokenError(Problem(str(fault), "Run `tito doctor`.")) from None


@dataclass(slots=True)
class _Waiting:
    work: Work
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    """A worker as the coordinator sees it; `works` are those that it has not answered, in order."""

    process: "subprocess.Popen[bytes]"
    link: Link
    place: int
    plan: Plan | None = None
    works: deque[_Waiting] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)

    def rulings(self) -> Iterator[tuple[Work, Ruling]]:
        """Give its rulings that have come. Raises Closed where it died, or what it could not do its work for."""
        for word, *content in self.link.received():
            self.heard = time.monotonic()
            if word == "raised":
                kind, problems = content
                raise _FAULTS.get(kind, BrokenError)(*(from_plain(Problem, each) for each in problems))
            if word == "ruling":
                yield self.works.popleft().work, _ruling(content[0])

    def end(self) -> None:
        """Kill its process, and wait for it."""
        self.process.kill()
        self.bury()

    def bury(self) -> None:
        """Wait for a process that has been killed."""
        self.process.wait()
        self.link.close()
        if self.process.stdin:
            self.process.stdin.close()


def _ruling(content: Any) -> Ruling:
    try:
        return from_plain(Ruling, content)
    except (TypeError, ValueError, KeyError, LookupError):
        raise Closed from None


class _Queue:
    """Works to hand out, read one by one from where they come from; true while there are more."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._source = iter(works)
        self._next: deque[_Waiting] = deque()

    def __bool__(self) -> bool:
        if not self._next:
            with contextlib.suppress(StopIteration):
                self._next.append(_Waiting(next(self._source)))
        return bool(self._next)

    def deal(self, worker: _Worker, plan: Plan) -> None:
        """Give a worker the next work, and the plan first where it has another one."""
        waiting = self._next.popleft()
        if worker.plan is not plan:
            worker.plan = plan
            worker.link.put(["plan", to_plain(plan)])
        worker.heard = worker.heard if worker.works else time.monotonic()
        worker.works.append(waiting)
        worker.link.put(["work", to_plain(waiting.work)])

    def back(self, waiting: _Waiting) -> None:
        """Take a work back that was not judged."""
        self._next.appendleft(waiting)


def _run_folder() -> str:
    """Make a folder for the temporary files of this process's workers; remove those of processes that were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        number = path.name.removeprefix(_FOLDER).partition("-")[0]
        if number.isdecimal() and not Path(f"/proc/{number}").exists() and Path("/proc/self").exists():
            remove(str(path))
    folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
    # Subjects are other users when root grades: each reaches its own folder and sees no other's name.
    Path(folder).chmod(0o711)
    return folder


def _descendants(processes: Iterable[int]) -> set[int]:
    """Return the processes that some have started, and those that these have."""
    found: set[int] = set()
    ahead = list(processes)
    while ahead:
        children = set(_children(ahead.pop())) - found
        found |= children
        ahead += children
    return found


def _children(process: int) -> list[int]:
    """Return the processes that one has started; none where the system does not tell."""
    try:
        return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
    except OSError:
        return []


def _runs(process: int) -> bool:
    """Say whether a process has not ended yet."""
    try:
        state = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[0]
    except OSError:
        return False
    return state not in {b"Z", b"X"}


def _cores_for(count: int) -> list[int | None]:
    """Return a processor for each worker where they take them all, else none.

    A judge and its subject take turns: on one processor they need not wake another one up for every question.
    """
    alone = not portable() and hasattr(os, "sched_getaffinity")
    cores = sorted(os.sched_getaffinity(0)) if alone else []
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
