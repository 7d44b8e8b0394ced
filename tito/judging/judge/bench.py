"""One grader's items, collected once and run again and again, with fresh subjects for each submission."""

import contextlib
import gc
import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from tito.errors import BrokenError, CourseError, Problem
from tito.judging.judge.bounds import bounded
from tito.judging.judge.credit import credit_of
from tito.judging.judge.failures import cell_note, explain, of_fault
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.names import Names
from tito.judging.judge.plugin import MARK, Binding, GraderPlugin, ItemRunner, is_plain
from tito.judging.judge.runner import Task, Test, Work
from tito.judging.judge.seeds import seed_for
from tito.judging.judge.session import Session
from tito.judging.judge.shared import plain_module
from tito.model.outcome import Failure, Outcome, Run, Status

# Nothing of the user's own pytest may reach the judge: no settings, no plug-ins, no cache, no output of its own.
_ARGUMENTS: Final = (
    "-c", os.devnull, "--disable-plugin-autoload", "--import-mode=importlib", "-s",
    *(part for name in ("terminal", "cacheprovider", "warnings", "faulthandler", "junitxml", "logging", "doctest",
                        "unraisableexception", "threadexception", "pastebin", "stepwise", "setuponly", "setupplan")
      for part in ("-p", f"no:{name}")),
)  # fmt: skip


def judge(task: Task, zygote: Zygote, works: Iterable[Work], done: Callable[[Run], None]) -> tuple[Test, ...]:
    """See `tito.judging.judge.runner.judge`."""
    names = Names(task.roots)
    collected: list[Test] = []

    def work(items: list[pytest.Item]) -> None:
        collected.extend(_tests(items))
        gc.freeze()
        bench = _Bench(task, zygote, names, collected)
        for each in works:
            done(bench.run_or_name(each))

    plugin = GraderPlugin(work)
    with names, _quiet_environment(), _forgotten(task.folder):
        code = pytest.main(
            [*_ARGUMENTS, f"--rootdir={task.folder}", f"--confcutdir={task.folder}", str(task.folder)], [plugin]
        )
    if plugin.escaped:
        raise plugin.escaped
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED}:
        raise BrokenError(Problem(f"pytest gave up on {task.folder} with {code!r}", "Run it by hand to see why."))
    return tuple(collected)


def _tests(items: Iterable[pytest.Item]) -> Iterator[Test]:
    for item in items:
        mark = item.get_closest_marker(MARK)
        name = item.nodeid.rpartition("/")[2]
        if mark is None or not mark.args:
            what = f"the test {name} has no criterion"
            raise CourseError(Problem(what, f'Mark it with @pytest.mark.{MARK}("its-grade-id", points=…).'))
        yield Test(str(mark.args[0]), str(mark.kwargs.get("points", 0)), name, item)


@contextlib.contextmanager
def _quiet_environment() -> Iterator[None]:
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


@contextlib.contextmanager
def _forgotten(folder: Path) -> Iterator[None]:
    """Take a grader's modules out of sys.modules again: another grader's may have the same names."""
    try:
        yield
    finally:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file and Path(file).is_relative_to(folder):
                del sys.modules[name]


class _Bench:
    """One grader's items, run again and again, with a fresh subject for each submission and after each fault."""

    def __init__(self, task: Task, zygote: Zygote, names: Names, tests: Sequence[Test]) -> None:
        self._task = task
        self._zygote = zygote
        self._names = names
        self._tests = tests
        self._binding = Binding(names, [test.item for test in tests])
        self._runner = ItemRunner()
        for test in tests[:1]:
            test.item.config.pluginmanager.register(self._runner)
        chosen = [test for test in tests if task.only is None or test.grade_id in task.only]
        # What is set up stays for the next test that needs it; plain ones need nothing.
        self._turns = [
            (test, next((each for each in chosen[place:] if not is_plain(each.item)), None))
            for place, test in enumerate(chosen, 1)
        ]

    def run_or_name(self, work: Work) -> Run:
        """Judge one submission; where the machinery breaks, mend it and say so of this submission alone.

        Raises BrokenError where it cannot be mended.
        """
        try:
            return self.run(work)
        except Exception as fault:  # noqa: BLE001 - a mistake of ours must not cost the class its grades
            if not isinstance(fault, BrokenError):
                fault = BrokenError(Problem(f"tito failed: {type(fault).__name__}: {fault}", "Please report it."))
            self._zygote.restart()
            broken = (
                Outcome(test.grade_id, test.name, Status.BROKEN, failure=Failure(str(fault))) for test in self._tests
            )
            return Run(tuple(broken), (), str(self._zygote.level))

    def run(self, work: Work) -> Run:
        """Judge one submission."""
        begun = time.monotonic()
        subject = _Submission(self._task, self._zygote, self._binding, work)
        outcomes = []
        try:
            for test, following in self._turns:
                if time.monotonic() - begun > self._task.seconds.submission:
                    outcomes.append(_out_of_time(test, self._task.seconds.submission))
                    continue
                outcomes.append(self._outcome(subject, test, following))
        finally:
            subject.close()
        level = str(self._zygote.level)
        return Run(tuple(outcomes), tuple(subject.notes), level, time.monotonic() - begun)

    def _outcome(self, subject: "_Submission", test: Test, following: Test | None) -> Outcome:
        session = subject.session()
        _sound(session)
        begun = time.monotonic()
        if session.fault:
            why = of_fault(session.fault, session.calls, subject.code)
            return Outcome(test.grade_id, test.name, session.fault.status, failure=why, output=subject.printed)
        session.start(self._task.seconds.of(test.grade_id))
        session.calls.clear()
        seed = seed_for(self._task.secret, self._task.module, subject.student, test.grade_id)
        _seed(session, seed)
        status, failure, passes, checks = self._judged(session, subject, test, following)
        _sound(session)
        credit = credit_of(test.item) if status is Status.PASSED else ""
        seconds = time.monotonic() - begun
        shared = test.name in self._task.shared
        return Outcome(
            test.grade_id, test.name, status, seconds, failure, passes, checks, session.printed(), shared=shared,
            seed=seed, value=credit,
        )  # fmt: skip

    def _judged(
        self, session: Session, subject: "_Submission", test: Test, following: Test | None
    ) -> tuple[Status, Failure | None, int, int]:
        """Return status, failure, and how many of how many checks passed."""
        raised = self._raised(session, test, following)
        subtests = len(self._runner.subtests)
        passes = sum(report.passed for report in self._runner.subtests)
        if session.fault:
            # Whatever the test made of it: nothing that it said afterwards rests on the submission.
            return session.fault.status, of_fault(session.fault, session.calls, subject.code), 0, max(subtests, 1)
        if raised:
            status, failure = explain(raised[0], self._task.folder, session.calls, subject.code, self._names.missing)
            return status, failure, passes, max(subtests, 1)
        return Status.PASSED, None, subtests or 1, subtests or 1

    def _raised(self, session: Session, test: Test, following: Test | None) -> list[BaseException]:
        self._runner.subtests = []
        test.item.user_properties.clear()
        try:
            if test.name in self._task.shared:
                path = self._task.folder / test.name.partition("::")[0]
                session.request(
                    "shared", path.name, plain_module(path.read_text("utf-8")), test.name.rpartition("::")[2]
                )
                return []
            nested = test.grade_id in self._task.unnested
            alone = self._binding.without_nested(test.item) if nested else contextlib.nullcontext()
            with alone, bounded(session, self._task.seconds.of(test.grade_id)):
                self._runner.run(test.item, following.item if following else None, session.seed)
        except (Exception, SubjectFault) as fault:  # noqa: BLE001 - every fault of a submission is an outcome
            return [fault]
        return self._runner.raised


class _Submission:
    """The subjects of one submission: the first one, and a fresh one after each that ended."""

    def __init__(self, task: Task, zygote: Zygote, binding: Binding, work: Work) -> None:
        self.code = work.code
        self.student = work.student
        self.notes: list[str] = []
        self.printed = ""
        self._task = task
        self._zygote = zygote
        self._binding = binding
        self._session: Session | None = None
        self._loaded = True

    def session(self) -> Session:
        """Return a session with the cells run, whose `fault` is set where they cannot be."""
        if self._session is None or (self._session.fault and self._loaded):
            self.close()
            self._session = self._open()
        return self._session

    def close(self) -> None:
        """End the subject at hand."""
        if self._session:
            self._session.close()

    def _open(self) -> Session:
        session = Session(self._zygote, self._zygote.spawn(), self._task.contract, self._binding.homes)
        try:
            session.ready()
        except SubjectFault as fault:
            session.close()
            why = session.printed() or fault.message
            raise BrokenError(Problem(f"a subject did not start: {why}", "Run `tito doctor`.")) from None
        session.start(self._task.seconds.load)
        try:
            self.notes = []
            for module, part in itertools.groupby(self.code, lambda each: each.module):
                code = list(part)
                cells = [(each.label, each.line, each.source) for each in code]
                failed = session.run(module or self._task.target, cells, () if module else self._binding.wanted)
                self.notes += [cell_note(fault, code[place].label, self.code) for place, fault in failed]
            self.printed = session.printed()
            self._binding.bind(session)
        except SubjectFault:
            self._loaded = False
            self.printed = self.printed or session.printed()
        except BaseException:
            session.close()
            raise
        return session


def _sound(session: Session) -> None:
    if session.broken:
        raise session.broken


def _seed(session: Session, seed: int) -> None:
    """Seed the generators of both sides: what a test draws and what the student's code draws."""
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - so do tests and students
    session.seed(seed)


def _out_of_time(test: Test, seconds: float) -> Outcome:
    failure = Failure(f"not run: the submission had used up its {seconds:g} s")
    return Outcome(test.grade_id, test.name, Status.TIMEOUT, failure=failure)
