"""Running a collected test: from set-up to tear-down, silently, keeping what it raised."""

import contextlib
import inspect
import io
import random
import types
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, TypeGuard

import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from tito.judging.judge.template import MARK

# Calling such a function does not run it.
_SUSPENDED: Final = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class ItemRunner:
    """Runs one item at a time, noting what each phase raised and which subtests failed."""

    def __init__(self) -> None:
        self.raised: list[BaseException] = []
        self.subtests: list[pytest.TestReport] = []
        self.sink = io.StringIO()

    def forget(self) -> None:
        """Forget the item before."""
        self.raised, self.subtests = [], []
        self.sink = io.StringIO()

    # Behind the one by which pytest takes what a unittest case has raised, before the one that makes its report.
    @pytest.hookimpl
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the exception itself, and leave out pytest's own account of it, which costs some milliseconds."""
        outcome: Literal["passed", "failed", "skipped"] = "passed"
        if call.excinfo:
            self.raised.append(call.excinfo.value)
            outcome = "skipped" if isinstance(call.excinfo.value, pytest.skip.Exception) else "failed"
        keywords: dict[str, Literal[1]] = dict.fromkeys(item.keywords, 1)
        when = call.when if call.when != "collect" else "setup"
        return pytest.TestReport(item.nodeid, item.location, keywords, outcome, None, when)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the reports of subtests."""
        if hasattr(report, "context"):
            self.subtests.append(report)

    def run(self, item: pytest.Item, nextitem: pytest.Item | None, seed: Callable[[int], None]) -> None:
        """Run an item from set-up to tear-down, silently; `seed` passes on what the test seeds."""
        item.user_properties.clear()
        reports: list[pytest.TestReport] = []
        with contextlib.redirect_stdout(self.sink), contextlib.redirect_stderr(self.sink), _seeding(seed):
            if is_plain(item):
                self._call(item.obj)
            else:
                reports = runtestprotocol(item, log=True, nextitem=nextitem)
        if not self.raised and any(not report.passed for report in reports):
            # An expected failure that failed, or one that passed under strict: no exception, and no pass either.
            self.raised.append(AssertionError("the test is marked as expected to fail"))

    def _call(self, test: Callable[[], object]) -> None:
        try:
            given = test()
        except (pytest.exit.Exception, KeyboardInterrupt):
            raise
        except BaseException as fault:  # noqa: BLE001 - every fault of a submission is an outcome
            self.raised.append(fault)
        else:
            if inspect.isawaitable(given):
                self.raised.append(TypeError("the test is asynchronous, and nothing awaits it"))


def is_plain(item: pytest.Item) -> TypeGuard[pytest.Function]:
    """Whether a test is a function that nothing is set up for or torn down after, so that calling it is all there is.

    pytest's own way to run one takes half a millisecond, several times what most tests compute.
    """
    return (
        type(item) is pytest.Function
        and type(item.obj) is types.FunctionType
        and isinstance(item.parent, pytest.Module)
        and not item.fixturenames
        and all(mark.name == MARK for mark in item.iter_markers())
        and not item.obj.__code__.co_flags & _SUSPENDED
    )


@contextlib.contextmanager
def _seeding(seed: Callable[[int], None]) -> Iterator[None]:
    """Seed the submission's generators whenever the test seeds the judge's."""
    libraries: tuple[Any, ...] = (np.random, random)
    originals = [library.seed for library in libraries]

    def both(original: Callable[..., None]) -> Callable[..., None]:
        def seeded(value: Any = None, *args: Any) -> None:
            original(value, *args)
            if isinstance(value, int):
                seed(value)

        return seeded

    for library, original in zip(libraries, originals, strict=True):
        library.seed = both(original)
    try:
        yield
    finally:
        for library, original in zip(libraries, originals, strict=True):
            library.seed = original
