"""A worker: a fresh interpreter with a grader collected, which forks a judge for each work and lends it subjects.

It has one thread, and is the only one that speaks to its zygote. It never reads what a student wrote: of what its
judges tell, it keeps bounded messages, one for each outcome, so that a judge that dies costs the test at hand.
"""

import contextlib
import gc
from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from tito.errors import BrokenError, Problem, TitoError
from tito.judging.judge.bench import Bench
from tito.judging.judge.beside import admitted
from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Starter
from tito.judging.link import Closed, Link
from tito.judging.plan import LockedTest, Plan, Work
from tito.judging.prepared import Prepared
from tito.judging.sitting import Case, Sitting
from tito.model.coding import from_plain, to_plain
from tito.model.submission import Submission

# Makes a submission of a work, a refused one where it cannot be read.
Read = Callable[[Plan, Work], Submission]


class Courtroom(Protocol):
    """Where works are judged, by the plan at hand."""

    def plan(self, content: Any) -> list[Any]:
        """Take a plan, and answer it."""

    def ruling(self, work: Work) -> list[Any]:
        """Judge a work, by as many judges as it takes."""

    def close(self) -> None:
        """Let go of everything."""


def work(link: Link, court: Courtroom) -> None:
    """Judge the works that come over the link by the plans that come before them, until the other end closes."""
    with contextlib.suppress(Closed), contextlib.closing(court):
        while True:
            word, content = link.get()
            try:
                answer = court.plan(content) if word == "plan" else court.ruling(from_plain(Work, content))
            except TitoError as fault:
                answer = raised(fault)
            link.put(answer)


def raised(fault: TitoError) -> list[Any]:
    """Return the answer that a fault is."""
    return ["raised", type(fault).__name__, to_plain(fault.problems)]


class Court:
    """A template and the zygote that goes with it, for the plan at hand; judges are forks of this process."""

    def __init__(self, link: Link, zygote: Starter, read: Read) -> None:
        self._link = link
        self._zygote = zygote
        self._read = read
        self._prepared: Prepared | None = None

    def close(self) -> None:
        """Let go of the template."""
        if self._prepared:
            self._prepared.close()

    def plan(self, content: Any) -> list[Any]:
        """Take a plan: collect its grader, warm it, and load what its submissions stand on."""
        if self._prepared:
            self.close()
            # What the last one has left; before the first there is nothing to look for.
            gc.unfreeze()
            gc.collect()
        plan = from_plain(Plan, content)
        self._prepared = prepared = Prepared(plan, self._zygote)
        if plan.warm:
            self._warmed(prepared, plan.warm)
        # Out of the collector's sight, so that forks leave its pages shared.
        gc.freeze()
        return ["planned"]

    def _warmed(self, prepared: Prepared, warm: Work) -> None:
        """Judge the course's own work in this process, so that forks find all code loaded; then collect anew."""
        plan, template = prepared.plan, prepared.template
        self._zygote.rehearse()
        bench = Bench(plan, template, self._zygote, self._read(plan, warm), Contract.of(plan.grader))
        names = {test.name for test in chosen(plan, [each.locked for each in template.tests], warm)}
        try:
            for _ in bench.outcomes([each for each in template.tests if each.locked.name in names], lambda _: None):
                continue
        finally:
            bench.close()
        prepared.renew()
        gc.collect()

    def ruling(self, work: Work) -> list[Any]:
        """Judge a work, by as many judges as it takes."""
        if self._prepared is None:
            raise BrokenError(Problem("a worker got work before its plan", "Please report it."))
        plan, template = self._prepared.plan, self._prepared.template
        tests = [test.locked for test in template.tests]
        case = case_of(plan, work, tests, self._zygote.places, self._zygote.level)
        while not case.closed:
            with Sitting(case, self._zygote) as sitting:
                sitting.begin(template, lambda: self._read(plan, work))
                sitting.hear(self._link)
        return ["ruling", to_plain(case.ruling(tests))]


def case_of(plan: Plan, work: Work, tests: Sequence[LockedTest], packages: Collection[str], level: str) -> Case:
    """Return a work as a case of which nothing is known yet; `packages` are the modules that can be imported."""
    besides, notes = admitted(work.besides, plan.given, packages)
    return Case(plan, work, chosen(plan, tests, work), level, besides, (*notes, *work.notes))


def chosen(plan: Plan, tests: Sequence[LockedTest], work: Work) -> list[LockedTest]:
    """Return the tests that a work is to be judged by, in the grader's order."""
    allowed = [each for each in (plan.only, work.only) if each is not None]
    return [test for test in tests if all(test.grade_id in each for each in allowed)]
