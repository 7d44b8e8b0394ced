"""pytest's own entry point: `pytest graders/02_activations --submission FILE` judges one file by hand.

Every pytest in the environment loads this module, so it imports nothing of tito until the option is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTION = "--submission"


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

    def pytest_unconfigure(self) -> None:
        """Give the course's packages back to the import system."""
        self._names.__exit__()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Start the subject, bind its names and run the items as pytest would."""
        from tito.collection.folders import one  # noqa: PLC0415
        from tito.errors import TitoError  # noqa: PLC0415
        from tito.judging.judge.contract import Contract  # noqa: PLC0415
        from tito.judging.judge.plugin import Binding  # noqa: PLC0415
        from tito.judging.judge.session import Session  # noqa: PLC0415
        from tito.sandbox.confine import best_level  # noqa: PLC0415
        from tito.workflows.course.opening import find_module  # noqa: PLC0415
        from tito.workflows.grading.grader import load_grader, prerequisites  # noqa: PLC0415
        from tito.workflows.grading.intake import submission  # noqa: PLC0415
        from tito.workflows.grading.zygote import start_zygote  # noqa: PLC0415

        try:
            folders = {item.path.parent.name for item in session.items}
            module = find_module(self._course, folders.pop())
            grader = load_grader(self._course, module)
            work = submission(one(self._path), grader)
        except (TitoError, KeyError) as fault:
            raise pytest.UsageError(str(fault)) from None
        if work.refusal:
            raise pytest.UsageError(work.refusal)
        with start_zygote(self._course, best_level()) as zygote:
            zygote.load(prerequisites(self._course, grader))
            binding = Binding(self._names, session.items)
            judge: Any = Session(zygote, zygote.spawn(), Contract(grader.contract), binding.homes)
            try:
                judge.ready()
                judge.start(self._course.settings.load_seconds)
                judge.run(grader.target, [(each.label, each.line, each.source) for each in work.code])
                binding.bind(judge)
                # A debugger may hold a test for as long as it likes.
                judge.start(1_000_000)
                return (yield)
            finally:
                judge.close()
