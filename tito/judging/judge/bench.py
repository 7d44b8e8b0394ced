"""The judging of one submission: every locked test at its place, and what each of them says."""

import contextlib
import os
import random
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from tito.errors import BrokenError
from tito.judging.judge.channel import WALL_FACTOR
from tito.judging.judge.contract import Contract
from tito.judging.judge.credit import credit_of
from tito.judging.judge.failures import explain, of_fault
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.items import ItemRunner, is_plain
from tito.judging.judge.launcher import Lender
from tito.judging.judge.script import Script, scripts
from tito.judging.judge.session import Session
from tito.judging.judge.subjects import Subjects
from tito.judging.judge.template import Template, Test
from tito.judging.plan import Plan, seed_for
from tito.model.outcome import Failure, Outcome, Status
from tito.model.submission import Submission

_MEMORY: Final = 1 << 30
_SIZES: Final = "/proc/self/statm"
# Text of a submission's that its outcomes hold together.
_MOST_OUTPUT: Final = 1 << 18
_TRIES: Final = 2


class Bench:
    """Judges one submission with a template's tests; use it once, and close it."""

    def __init__(
        self, plan: Plan, template: Template, lender: Lender, submission: Submission, contract: Contract
    ) -> None:
        self._plan = plan
        self._template = template
        self._submission = submission
        self._scripts = scripts(template, plan.grader)
        self._runner = ItemRunner()
        self._subjects = Subjects(
            lender, contract, [each.name for each in self._scripts.values()], plan.grader.target, submission.code,
            plan.seconds,
        )  # fmt: skip
        self._space = _MOST_OUTPUT

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the submission's cells that ran."""
        return self._subjects.notes

    def outcomes(self, tests: Sequence[Test], begin: Callable[[Test], None]) -> Iterator[Outcome]:
        """Judge by `tests`, each at its place in the submission, and give their outcomes in that order.

        `begin` is told of each test before anything is done for it.
        """
        begun = time.monotonic()
        self._template.collection.config.pluginmanager.register(self._runner)
        ordered = self._in_order(tests)
        for number, (test, place) in enumerate(ordered, 1):
            if time.monotonic() - begun > self._plan.seconds.submission:
                yield _out_of_time(test, self._plan.seconds.submission)
                continue
            begin(test)
            following = next((each for each, _ in ordered[number:] if not is_plain(each.item)), None)
            yield self._outcome(test, place, following)

    def stand(self, test: Test, seconds: float) -> None:
        """Bring everything to where a test can run, by whomever, and give the subject `seconds` for it."""
        session = self._subjects.at(self._place(test), self._script(test).wanted(test), self._began)
        if session.fault:
            raise session.fault
        session.start(seconds)
        self._script(test).reach(test)

    def close(self) -> None:
        """End the subject at hand."""
        self._subjects.close()

    def _in_order(self, tests: Sequence[Test]) -> list[tuple[Test, int]]:
        """Return the tests with their places, in the order of these; what runs beside the submission comes last."""
        placed = [(test, self._place(test)) for test in tests]
        return sorted(placed, key=lambda pair: (self._beside(pair[0]), pair[1]))

    def _beside(self, test: Test) -> bool:
        return test.locked.name in self._plan.beside

    def _place(self, test: Test) -> int:
        return self._script(test).place(test, self._submission)

    def _script(self, test: Test) -> Script:
        return self._scripts[test.locked.name.partition("::")[0]]

    def _outcome(self, test: Test, place: int, following: Test | None) -> Outcome:
        """Judge by one test; what dies with the process that starts subjects is tried once more."""
        for _ in range(_TRIES):
            try:
                return self._tried(test, place, following)
            except BrokenError as fault:
                lost = fault
        return Outcome(test.locked.grade_id, test.locked.name, Status.BROKEN, failure=Failure(str(lost)))

    def _tried(self, test: Test, place: int, following: Test | None) -> Outcome:
        script, begun = self._script(test), time.monotonic()
        session = self._subjects.at(place, script.wanted(test), self._began, anew=self._beside(test))
        if session.broken:
            raise session.broken
        grade_id, name = test.locked.grade_id, test.locked.name
        if session.fault:
            why = of_fault(session.fault, session.calls, self._submission.code)
            return Outcome(
                grade_id, name, session.fault.status, failure=why, output=self._kept(self._subjects.printed)
            )
        session.start(self._plan.seconds.of(grade_id))
        session.calls.clear()
        seed = seed_for(self._plan.secret, self._plan.grader.module, self._submission.student, grade_id)
        status, failure, passes, checks = self._judged(session, test, following, seed)
        if session.broken:
            raise session.broken
        credit = credit_of(test.item) if status is Status.PASSED else ""
        return Outcome(
            grade_id, name, status, time.monotonic() - begun, failure, passes, checks, self._kept(session.printed()),
            shared=self._beside(test), seed=seed, value=credit,
        )  # fmt: skip

    def _began(self, session: Session) -> None:
        """Take a subject as the one whose names the tests see; nothing of another one is left set up."""
        self._template.collection._setupstate.teardown_exact(None)  # noqa: SLF001 - pytest has no other way
        self._template.names.bind(session)
        for script in self._scripts.values():
            script.restart()

    def _judged(
        self, session: Session, test: Test, following: Test | None, seed: int
    ) -> tuple[Status, Failure | None, int, int]:
        """Return status, failure, and how many of how many checks passed."""
        raised = self._raised(session, test, following, seed)
        subtests = len(self._runner.subtests)
        passes = sum(report.passed for report in self._runner.subtests)
        if session.fault:
            # Whatever the test made of it: nothing that it said afterwards rests on the submission.
            return (
                session.fault.status,
                of_fault(session.fault, session.calls, self._submission.code),
                0,
                max(subtests, 1),
            )
        if raised:
            code, missing = self._submission.code, self._template.names.missing
            status, failure = explain(raised[0], self._template.folder, session.calls, code, missing)
            return status, failure, passes, max(subtests, 1)
        return Status.PASSED, None, subtests or 1, subtests or 1

    def _raised(self, session: Session, test: Test, following: Test | None, seed: int) -> list[BaseException]:
        script, seconds = self._script(test), self._plan.seconds.of(test.locked.grade_id)
        try:
            with bounded(session, seconds):
                script.reach(test)
                _seed(session, seed)
                if self._beside(test):
                    session.request("beside", *script.beside(test))
                    return []
                nested = test.locked.grade_id in self._plan.unnested
                with script.without_nested() if nested else contextlib.nullcontext():
                    self._runner.run(test.item, following.item if following else None, session.seed)
        except (Exception, SubjectFault) as fault:  # noqa: BLE001 - every fault of a submission is an outcome
            return [fault]
        return self._runner.raised

    def _kept(self, text: str) -> str:
        """Return as much of an output as there is still space for among a submission's outcomes."""
        kept = text[: self._space]
        self._space -= len(kept)
        return kept if len(kept) == len(text) else f"{kept}\n… {len(text) - len(kept):,} more characters are left out"


@contextlib.contextmanager
def bounded(session: Session, seconds: float) -> Iterator[None]:
    """End the test with MemoryError or SubjectFault where the judge takes too much memory or processor time.

    It may take 1 GiB more than it has, and several times the subject's `seconds`: an array of a few megabytes is a
    matrix of gigabytes where it meets another one, and a number is a long loop.
    """
    with _memory(_MEMORY), _time(session, seconds * WALL_FACTOR):
        yield


@contextlib.contextmanager
def _memory(more: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = address_space() + more
    if limit == more or (soft != resource.RLIM_INFINITY and soft < limit):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def address_space() -> int:
    """Return this process's address space in bytes, or 0 where the system does not tell."""
    try:
        sizes = os.open(_SIZES, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        return int(os.read(sizes, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(sizes)


@contextlib.contextmanager
def _time(session: Session, seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, lambda *_: session.expire(seconds))
    # Again every second: what it raises in a __del__ is lost.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _seed(session: Session, seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - so do tests and students
    session.seed(seed)


def _out_of_time(test: Test, seconds: float) -> Outcome:
    failure = Failure(f"not run: the submission had used up its {seconds:g} s")
    return Outcome(test.locked.grade_id, test.locked.name, Status.TIMEOUT, failure=failure)
