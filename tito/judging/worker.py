"""A worker: a fresh interpreter with a grader collected, which forks a judge for each work and lends it subjects.

It has one thread, and is the only one that speaks to its zygote. It never reads what a student wrote: of what its
judges tell, it keeps bounded messages, one for each outcome, so that a judge that dies costs the test at hand.
"""

import contextlib
import linecache
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tito.errors import BrokenError, Problem, TitoError
from tito.judging.judge.bench import Bench
from tito.judging.judge.beside import admitted
from tito.judging.judge.contract import Contract
from tito.judging.judge.editions import visible
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.script import scripts
from tito.judging.judge.template import Template, Test
from tito.judging.link import Closed, Link
from tito.judging.plan import Plan, Work
from tito.judging.sitting import Case, Sitting
from tito.model.coding import from_plain, to_plain
from tito.model.submission import Submission

# Makes a submission of a work, a refused one where it cannot be read.
Read = Callable[[Plan, Work], Submission]


def work(link: Link, zygote: Zygote, read: Read) -> None:
    """Judge the works that come over the link by the plans that come before them, until the other end closes."""
    with contextlib.suppress(Closed), contextlib.closing(_Court(link, zygote, read)) as court:
        while True:
            word, content = link.get()
            try:
                answer = court.plan(content) if word == "plan" else court.ruling(from_plain(Work, content))
            except TitoError as fault:
                answer = ["raised", type(fault).__name__, to_plain(fault.problems)]
            link.put(answer)


class _Court:
    """A template and the zygote that goes with it, for the plan at hand."""

    def __init__(self, link: Link, zygote: Zygote, read: Read) -> None:
        self._link = link
        self._zygote = zygote
        self._read = read
        self._closing = contextlib.ExitStack()
        self._plan: Plan | None = None
        self._template: Template | None = None

    def close(self) -> None:
        """Let go of the template."""
        self._closing.close()

    def plan(self, content: Any) -> list[Any]:
        """Take a plan: collect its grader, warm it, and load what its submissions stand on."""
        self.close()
        plan = from_plain(Plan, content)
        self._zygote.stand_on({each.name: each.text for each in plan.earlier})
        # A lock's grader may have been written anew since the last plan.
        linecache.checkcache()
        self._zygote.furnish(plan.given)
        self._template = self._collected(plan)
        self._plan = plan
        if plan.warm:
            self._warmed(plan, plan.warm, self._template)
        # Compiled here, once for all judges that are forked from this process.
        scripts(self._template, plan.grader)
        self._template.freeze()
        return ["planned"]

    def _warmed(self, plan: Plan, warm: Work, template: Template) -> None:
        """Judge the course's own work in this process, so that forks find all code loaded; then collect anew."""
        bench = Bench(plan, template, self._zygote, self._read(plan, warm), Contract.of(plan.grader))
        try:
            for _ in bench.outcomes(chosen(plan, template, warm), lambda _: None):
                continue
        finally:
            bench.close()
        self.close()
        self._template = self._collected(plan)

    def _collected(self, plan: Plan) -> Template:
        cut = None if plan.recording or not plan.grader.seen else _visible_edition(plan)
        # What the lesson itself reads lies there.
        with contextlib.chdir(self._zygote.beside or Path.cwd()):
            return self._closing.enter_context(Template(Path(plan.folder), plan.roots, cut))

    def ruling(self, work: Work) -> list[Any]:
        """Judge a work, by as many judges as it takes."""
        plan, template = self._plan, self._template
        if plan is None or template is None:
            raise BrokenError(Problem("a worker got work before its plan", "Please report it."))
        besides, notes = admitted(work.besides, plan.given, self._zygote.places)
        tests, level = chosen(plan, template, work), str(self._zygote.level)
        case = Case(plan, work, tests, level, besides, (*notes, *work.notes))
        while not case.closed:
            with Sitting(case, self._zygote) as sitting:
                sitting.begin(template, lambda: self._read(plan, work))
                sitting.hear(self._link)
        return ["ruling", to_plain(case.ruling(template))]


def _visible_edition(plan: Plan) -> Path:
    """Write the visible edition of a grader's modules into a folder of this worker's."""
    folder = Path(tempfile.mkdtemp(prefix="visible-"))
    for path in Path(plan.folder).glob("*.py"):
        seen = {
            test.partition("::")[2]: count
            for test, count in plan.grader.seen.items()
            if test.startswith(f"{path.name}::")
        }
        (folder / path.name).write_text(visible(path.read_text("utf-8"), seen), "utf-8")
    return folder


def chosen(plan: Plan, template: Template, work: Work) -> list[Test]:
    """Return the tests that a work is to be judged by, in the grader's order."""
    allowed = [each for each in (plan.only, work.only) if each is not None]
    return [test for test in template.tests if all(test.locked.grade_id in each for each in allowed)]
