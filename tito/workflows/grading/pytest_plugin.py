"""pytest's own entry point: `pytest graders/02_activations --submission FILE` judges one file by hand.

Every pytest in the environment loads this module, so it imports nothing of tito until the option is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tito.judging.plan import Plan
    from tito.model.submission import Submission

_OPTION = "--submission"
_FOREVER: Final = 1_000_000


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names what the locked tests are to judge."""
    parser.getgroup("tito").addoption(_OPTION, metavar="FILE", help="judge this file with a locked grader of tito's")


def pytest_configure(config: pytest.Config) -> None:
    """Stand ready to judge where a submission is named."""
    config.addinivalue_line("markers", "criterion(grade_id, points): what a locked test of tito's decides")
    submission = config.getoption(_OPTION)
    if submission:
        config.pluginmanager.register(ByHand(config, Path(submission)), "tito-by-hand")


class ByHand:
    """Binds one submission to the collected grader, with pytest's own loop, reports and debugger around it."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        from tito.judging.judge.names import Names  # noqa: PLC0415
        from tito.workflows.course.opening import open_course  # noqa: PLC0415
        from tito.workflows.grading.grader import roots  # noqa: PLC0415

        self._path = path
        self._course = open_course(config.rootpath)
        self._names = Names(roots(self._course, "submission"))
        self._names.__enter__()
        self._stand: Callable[[pytest.Item], None] = lambda _: None

    def pytest_unconfigure(self) -> None:
        """Give the course's packages back to the import system."""
        self._names.__exit__()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Read the submission, start its subject and run the items as pytest would."""
        from tito.judging.judge.bench import Bench  # noqa: PLC0415
        from tito.judging.judge.contract import Contract  # noqa: PLC0415
        from tito.judging.judge.launcher import starter  # noqa: PLC0415
        from tito.judging.judge.template import Template  # noqa: PLC0415
        from tito.sandbox.confine import best_level  # noqa: PLC0415
        from tito.sandbox.limits import Limits  # noqa: PLC0415

        plan, submission = self._read(session)
        template = Template.of(session, self._names, Path(plan.folder))
        with starter(best_level(), Limits(cpu=_FOREVER), self._course.settings.packages) as starting:
            starting.stand_on({each.name: each.text for each in plan.earlier})
            starting.furnish(plan.given)
            bench = Bench(plan, template, starting, submission, Contract.of(plan.grader))
            tests = {test.item: test for test in template.tests}
            # A debugger may hold a test for as long as it likes.
            self._stand = lambda item: bench.stand(tests[item], _FOREVER)
            try:
                return (yield)
            finally:
                bench.close()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Bring the submission to the place of a test before it runs."""
        self._stand(item)
        return (yield)

    def _read(self, session: pytest.Session) -> tuple[Plan, Submission]:
        from tito.collection.folders import one, read  # noqa: PLC0415
        from tito.errors import TitoError  # noqa: PLC0415
        from tito.judging.plan import Work  # noqa: PLC0415
        from tito.workflows.course.opening import find_module  # noqa: PLC0415
        from tito.workflows.grading.grader import load_grader, make_plan  # noqa: PLC0415
        from tito.workflows.grading.intake import submitted  # noqa: PLC0415

        try:
            module = find_module(self._course, {item.path.parent.name for item in session.items}.pop())
            plan = make_plan(self._course, module.grader, load_grader(self._course, module), None)
            found = one(self._path)
            submission = submitted(plan, Work(path=found.path, content=read(found)))
        except (TitoError, KeyError) as fault:
            raise pytest.UsageError(str(fault)) from None
        if submission.refusal:
            raise pytest.UsageError(submission.refusal)
        return plan, submission
