"""The pytest plugin of the judge: collects a grader once and runs its items again for each submission."""

import contextlib
import inspect
import io
import random
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeGuard

import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from tito.errors import CourseError, Problem
from tito.judging.judge.names import Names, Placeholder
from tito.judging.judge.session import Session

MARK = "criterion"
# Calling such a function does not run it.
_SUSPENDED: Final = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class GraderPlugin:
    """Hooks that turn one pytest session into a judge.

    `work` is called once, in pytest's run loop, with the collected items. What it raises is kept in `escaped`, for
    pytest would print it; so is what went wrong while the grader was collected.
    """

    def __init__(self, work: Callable[[list[pytest.Item]], None]) -> None:
        self.escaped: BaseException | None = None
        self._work = work
        self._faults: list[Problem] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the mark that ties a test to its criterion."""
        register_mark(config)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a grader module that cannot be collected."""
        if report.failed:
            what = f"this grader cannot be collected: {_last_line(report.longreprtext)}"
            self._faults.append(Problem(what, "Mend its source and run `tito lock`.", report.nodeid))

    @pytest.fixture
    def record_property(self, request: pytest.FixtureRequest) -> Callable[[str, object], None]:
        """Keep what a test says of itself, as pytest's own fixture of this name does; its plug-in is left out."""
        return lambda name, value: request.node.user_properties.append((name, value))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work instead of one run over all items."""
        if self._faults:
            self.escaped = CourseError(*self._faults)
            return True
        try:
            self._work(session.items)
        except BaseException as fault:  # noqa: BLE001 - it goes on when pytest has ended
            self.escaped = fault
        return True


def register_mark(config: pytest.Config) -> None:
    """Tell pytest of the mark that the graders carry."""
    config.addinivalue_line("markers", f"{MARK}(grade_id, points): the rubric's criterion that a locked test decides")


class ItemRunner:
    """Runs one item at a time, noting what each phase raised and which subtests failed."""

    def __init__(self) -> None:
        self.raised: list[BaseException] = []
        self.subtests: list[pytest.TestReport] = []

    @pytest.hookimpl(tryfirst=True)
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
        self.raised, self.subtests = [], []
        sink, reports = io.StringIO(), list[pytest.TestReport]()
        with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink), _seeding(seed):
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


class Binding:
    """The globals of the grader's modules as collected, and again for each submission."""

    def __init__(self, names: Names, items: Iterable[pytest.Item]) -> None:
        self._names = names
        self._items = list(items)
        modules = {item.getparent(pytest.Module) for item in self._items}
        self._spaces = [module.obj.__dict__ for module in modules if module]
        self._collected = [dict(space) for space in self._spaces]
        self._params = [dict(spec.params) if (spec := _callspec(item)) else {} for item in self._items]

    @property
    def wanted(self) -> frozenset[tuple[str, str]]:
        """The (module, name) of the submission's names in the grader's modules."""
        values = (value for space in self._collected for value in space.values())
        return frozenset((each.module, each.name) for each in values if isinstance(each, Placeholder))

    @property
    def homes(self) -> frozenset[str]:
        """The names of the grader's modules."""
        return frozenset(collected["__name__"] for collected in self._collected)

    def bind(self, session: Session) -> None:
        """Give the modules their first globals again, and this subject's names in them."""
        self._names.bind(session)
        # Asked for before anything is cleared: the subject may end in the middle of it.
        bound = [self._resolved(collected) for collected in self._collected]
        for space, values in zip(self._spaces, bound, strict=True):
            space.clear()
            space.update(values)
        for item, params in zip(self._items, self._params, strict=True):
            if params:
                _callspec(item).params.update(self._resolved(params))

    @contextlib.contextmanager
    def without_nested(self, item: pytest.Item) -> Iterator[None]:
        """Make the module's other tests do nothing when this one calls them."""
        space = item.getparent(pytest.Module).obj.__dict__  # type: ignore[union-attr]
        others = {name: each for name, each in space.items() if name.startswith("test") and callable(each)}
        space.update(dict.fromkeys(others, _do_nothing))
        try:
            yield
        finally:
            space.update(others)

    def _resolved(self, values: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for name, value in values.items():
            if not isinstance(value, Placeholder):
                found[name] = value
                continue
            with contextlib.suppress(NameError):
                found[name] = self._names.resolve(value)
        return found


def _callspec(item: pytest.Item) -> Any:
    return getattr(item, "callspec", None)


def _do_nothing(*_: object, **__: object) -> None:
    pass


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


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("E ")] or text.splitlines() or [""]
    return lines[-1].removeprefix("E").strip()
