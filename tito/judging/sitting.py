"""One work before its judges: what is known of it so far, and the judge at work with the subjects that it borrows.

A judge is a fork of the worker's. What one that dies has told stays; the next goes on behind it.
"""

import contextlib
import json
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from typing import Any, Final, Self

from tito.errors import BrokenError
from tito.judging.judge.forked import judge
from tito.judging.judge.launcher import Starter, Subject
from tito.judging.judge.meters import Processor, processor
from tito.judging.judge.template import Template
from tito.judging.link import Link
from tito.judging.plan import WALL_FACTOR, Given, LockedTest, Plan, Recorded, Ruling, Work, with_text
from tito.model.cell_output import CellOutput
from tito.model.coding import from_plain
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.submission import Submission
from tito.records import dataclass
from tito.sandbox.scratch import remove

_MOST: Final = 4 << 20
_WORD: Final = 1 << 18
_LENGTH: Final = 4
# What reading a submission may take, by the clock and of a processor, in seconds.
_READING: Final = (60.0, 20.0)
_GRACE: Final = 10.0
_LOOK: Final = 0.25
# A judge that dies by chance is followed by another one; what two die of is the submission's.
_TRIES: Final = 2
# SIGKILL, which Windows has no name for.
_KILLED: Final = 9


@dataclass(slots=True)
class Case:
    """What is known so far of one work: how it was read, its outcomes by test, the test at hand, what cells show.

    `ran` is what there is to say of it as a whole, behind the last test; where it is `closed`, nothing is left to do.
    """

    plan: Plan
    work: Work
    tests: list[LockedTest]
    level: str
    besides: tuple[Given, ...] = ()
    notes: tuple[str, ...] = ()
    submission: Submission | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    ran: dict[str, Any] | None = None
    shown: list[CellOutput] = field(default_factory=list)
    closed: bool = False
    at: str = ""
    deaths: int = 0

    @property
    def left(self) -> list[LockedTest]:
        """The tests without an outcome."""
        return [test for test in self.tests if test.name not in self.outcomes]

    def hear(self, word: str, content: Any) -> None:
        """Take a judge's message. Raises ValueError, TypeError or KeyError for what is none."""
        match word:
            case "read":
                # Every judge of a case reads it again: only the first time it has got further than the one before.
                self.deaths = self.deaths if self.submission else 0
                read = from_plain(Submission, content)
                self.submission = replace(read, notes=(*read.notes, *self.notes))
            case "begin":
                self.at = str(content)
            case "outcome":
                outcome = from_plain(Outcome, content)
                self.outcomes[outcome.test], self.at, self.deaths = outcome, "", 0
                self.closed = self.work.hasty and outcome.status is not Status.PASSED
            case "ran":
                # A judge that died of what it showed is followed by one that has nothing more to judge.
                self.ran = self.ran or dict(content)
                self.shown.clear()
            case "shown":
                self.shown.append(from_plain(CellOutput, content))
            case "end":
                self.closed = True
            case "broken":
                self._give_up(Status.BROKEN, str(content))
            case "failed":
                raise ValueError(content)
            case _:
                raise ValueError(word)

    def died(self, status: Status, why: str) -> None:
        """Note that a judge ended before its time; what two of them end at, they end of."""
        self.deaths += 1
        if self.deaths < _TRIES and status is not Status.TIMEOUT:
            return
        self.deaths = 0
        if self.submission is None:
            self.submission = self._refused(f"{self.work.path}: this cannot be read: {why}")
            self.closed = True
            return
        test = next((each for each in self.left if each.name == self.at), None)
        if test is None:
            self.closed = True
            return
        failure = Failure(f"{why}, with what the submission gave")
        self.outcomes[self.at] = Outcome(test.grade_id, self.at, status, failure=failure)
        self.closed = not self.left

    def ruling(self, tests: Sequence[LockedTest]) -> Ruling:
        """Return what became of the work by the grader's `tests`, with the outcomes in their order."""
        told = self.ran or {}
        submission = self.submission or self._refused("it was not read")
        if submission.refusal:
            return Ruling(submission)
        outcomes = [self.outcomes[name] for test in self.tests if (name := test.name) in self.outcomes]
        outcomes = [*outcomes, *with_text(self.plan, submission, self.work, outcomes)]
        run = Run(tuple(outcomes), tuple(told.get("notes", ())), self.level, float(told.get("seconds", 0.0)))
        recorded = from_plain(Recorded, told["recorded"]) if "recorded" in told else None
        locked = tuple(tests) if self.plan.recording else ()
        return Ruling(submission, run, recorded, locked, tuple(self.shown))

    def _give_up(self, status: Status, why: str) -> None:
        for test in self.left:
            self.outcomes[test.name] = Outcome(test.grade_id, test.name, status, failure=Failure(why))
        self.submission = self.submission or Submission(
            self.work.student, self.plan.grader.module, self.work.path, None
        )
        self.closed = True

    def _refused(self, why: str) -> Submission:
        return Submission(self.work.student, self.plan.grader.module, self.work.path, None, refusal=why)


class Sitting:
    """One judge at work on a case: its process, its desk, and the subjects that it has borrowed."""

    def __init__(self, case: Case, zygote: Starter) -> None:
        desk, self._theirs = socket.socketpair()
        self._open(case, desk)
        self._zygote = zygote
        self._subjects: dict[int, Subject] = {}
        self._folder = tempfile.mkdtemp(prefix="judge-")

    def _open(self, case: Case, desk: socket.socket) -> None:
        self._case = case
        self._desk = desk
        self._pid = 0
        self._read: Processor | None = None
        self._spoken, self._used = time.monotonic(), 0.0
        self._words = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self._end()
        self._desk.close()
        for subject in self._subjects.values():
            with contextlib.suppress(BrokenError):
                self._zygote.reap(subject)
        remove(self._folder)

    def begin(self, template: Template, read: Callable[[], Submission]) -> None:
        """Fork the judge."""
        worker, left = os.getpid(), {test.name for test in self._case.left}
        self._pid = os.fork()
        if self._pid == 0:
            case = self._case
            judge(
                self._theirs,
                worker,
                self._folder,
                plan=case.plan,
                template=template,
                tests=[test for test in template.tests if test.locked.name in left],
                read=read,
                trial=case.work.trial,
            )
        self._theirs.close()

    def hear(self, link: Link) -> None:
        """Serve the judge until it ends, while what comes over the worker's `link` is taken in."""
        why = ""
        while not why:
            ends: list[Any] = [self._desk, link]
            ready, _, _ = select.select(ends, [link] if link.writing else [], [], _LOOK)
            link.flush()
            if link in ready:
                link.take()
            why = self._heard() if self._desk in ready else self._late()
        number = self._end()
        if not self._case.closed:
            self._case.died(*_cause(why, number))

    def _end(self) -> int:
        """Kill the judge, if it is there, and return the signal that ended it, if one did."""
        pid, self._pid = self._pid, 0
        if not pid:
            return 0
        os.kill(pid, _KILLED)
        status = os.waitpid(pid, 0)[1]
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    def _heard(self) -> str:
        """Take what the judge has said; return why it is to be ended, if it is."""
        part = self._desk.recv(_WORD)
        if not part:
            return "ended"
        self._words += part
        self._spoken, self._used = time.monotonic(), self._processor()
        try:
            for word, content in self._messages():
                self._answer(word, content)
        except (ValueError, TypeError, KeyError) as fault:
            return f"judging failed: {fault}"
        return "closed" if self._case.closed else ""

    def _messages(self) -> Iterator[list[Any]]:
        while len(self._words) >= _LENGTH:
            size = int.from_bytes(self._words[:_LENGTH])
            if size > _MOST:
                raise ValueError("a judge said too much")
            if len(self._words) < _LENGTH + size:
                return
            text = bytes(self._words[_LENGTH : _LENGTH + size])
            del self._words[: _LENGTH + size]
            yield json.loads(text)

    def _answer(self, word: str, content: Any) -> None:
        match word:
            case "spawn":
                self._lend()
            case "reap":
                self._take_back(content)
            case _:
                self._case.hear(word, content)

    def _lend(self) -> None:
        try:
            subject = self._zygote.spawned(self._case.besides)
        except BrokenError as fault:
            self._say({"broken": str(fault)}, [])
            return
        self._subjects[subject.inner] = subject
        told = {
            "pid": subject.pid,
            "inner": subject.inner,
            "scratch": subject.scratch,
            "layers": sorted(subject.layers),
        }
        self._say(told, [subject.link.fileno(), subject.output])
        subject.close()

    def _take_back(self, inner: int) -> None:
        subject = self._subjects.pop(inner)
        try:
            ending = self._zygote.reap(subject)
        except BrokenError as fault:
            self._zygote.restart()
            self._say({"broken": str(fault)}, [])
            return
        self._say({"signal": ending.signal, "code": ending.code}, [])

    def _say(self, told: dict[str, Any], ends: list[int]) -> None:
        with contextlib.suppress(OSError):
            socket.send_fds(self._desk, [json.dumps(told).encode()], ends)

    def _late(self) -> str:
        """Return why the judge is to be ended, if it has said nothing for too long."""
        wall, processor = self._allowed()
        late = time.monotonic() - self._spoken > wall or self._processor() - self._used > processor
        return "late" if late else ""

    def _processor(self) -> float:
        """Return the seconds of a processor that the judge has used, or 0 where the system does not tell."""
        self._read = self._read or processor(self._pid)
        return self._read() or 0.0

    def _allowed(self) -> tuple[float, float]:
        """Return how long the judge may be silent, by the clock and of a processor."""
        if self._case.submission is None:
            return _READING
        seconds = self._case.plan.seconds
        test = max(seconds.test, *seconds.criteria.values(), 0.0)
        return WALL_FACTOR * (4 * seconds.load + 2 * test) + _GRACE, WALL_FACTOR * test + _GRACE


def _cause(why: str, number: int) -> tuple[Status, str]:
    """Return what a judge's end, by a signal of that number, means for the test at hand, and in words."""
    if why == "late":
        return Status.TIMEOUT, "judging took too long"
    if why == "heavy":
        return Status.MEMORY, "judging took too much memory"
    if why.startswith("judging failed"):
        memory = "MemoryError" in why
        return (Status.MEMORY, "judging took too much memory") if memory else (Status.CONTRACT, why)
    if number in {_KILLED, 0}:
        return Status.MEMORY, "judging was ended by the system, as for too much memory"
    return Status.CONTRACT, f"judging was ended by {signal.Signals(number).name}"
