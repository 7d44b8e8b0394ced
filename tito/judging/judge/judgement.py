"""One submission judged from its reading to its end, and told by messages, in whatever process the judge is."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tito.errors import TitoError
from tito.judging.judge.bench import Bench
from tito.judging.judge.contract import Contract
from tito.judging.judge.editions import together
from tito.judging.judge.launcher import Lender
from tito.judging.judge.template import Template, Test
from tito.judging.plan import Plan, Trial
from tito.model.coding import to_plain
from tito.model.grader import Grader
from tito.model.outcome import Outcome
from tito.model.submission import Submission

# Says a word and its content to whoever waits for what becomes of the submission.
Tell = Callable[[str, Any], None]

_LONGEST: Final = 2_000


def tell_all(  # noqa: PLR0917 - all that there is to a submission
    tell: Tell,
    lender: Lender,
    plan: Plan,
    template: Template,
    tests: Sequence[Test],
    read: Callable[[], Submission],
    trial: Trial | None,
) -> None:
    """Judge what `read` reads by `tests`, and tell what comes of it, whatever that is."""
    with _told(tell):
        submission = read()
        tell("read", to_plain(replace(submission, document=None, code=(), places=())))
        if submission.refusal:
            tell("end", {})
            return
        begun = time.monotonic()
        contract = Contract.of(plan.grader, recording=plan.recording)

        def outcomes(chosen: Sequence[Test], *, last: bool = False) -> Iterator[Outcome]:
            bench = Bench(plan, template, lender, submission, contract, trial)
            try:
                yield from bench.outcomes(chosen, lambda test: tell("begin", test.locked.name))
                if last:
                    told = {"notes": bench.notes, "seconds": time.monotonic() - begun}
                    tell("ran", told | ({"recorded": to_plain(contract.recorded())} if plan.recording else {}))
                    for cell in bench.shown() if plan.showing else ():
                        tell("shown", to_plain(cell))
            finally:
                bench.close()

        names = {test.locked.name for test in tests}
        cut = [test for test in template.visible if test.locked.name in names]
        # What students read is made before any hidden line runs.
        first = {each.test: each for each in outcomes(cut)} if cut else {}
        for outcome in outcomes(tests, last=True):
            tell("outcome", to_plain(_said(outcome, first, plan.grader)))
        tell("end", {})


@contextlib.contextmanager
def _told(tell: Tell) -> Iterator[None]:
    """Tell what is raised; whoever started this decides what becomes of it."""
    try:
        yield
    except TitoError as fault:
        tell("broken", str(fault))
    except BaseException as fault:  # noqa: BLE001 - nothing else is heard of it
        tell("failed", f"{type(fault).__name__}: {fault}"[:_LONGEST])


def _said(outcome: Outcome, first: Mapping[str, Outcome], grader: Grader) -> Outcome:
    """Return what a test says in the end: the visible pass decides what is visible whole."""
    if outcome.test.partition("[")[0] in grader.seen or not first:
        return together(first.get(outcome.test), outcome) if first else outcome
    return first.get(outcome.test, outcome)
