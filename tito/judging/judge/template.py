"""A grader collected by pytest, once: its items, and the namespaces of its modules, ready to be forked from.

What judges a submission is a fork of the process that holds a template; the template itself judges nothing.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol, Self

import pytest
from _pytest.config import Config, _prepareconfig
from _pytest.main import Session as Collecting

from tito.errors import BrokenError, CourseError, Problem
from tito.judging.judge.names import Names
from tito.judging.plan import LockedTest
from tito.records import dataclass

MARK: Final = "criterion"
# Nothing of the user's own pytest may reach the judge: no settings, no plug-ins, no cache, no output of its own.
_ARGUMENTS: Final = (
    "-c", os.devnull, "--disable-plugin-autoload", "--import-mode=importlib", "-s",
    *(part for name in ("terminal", "cacheprovider", "warnings", "faulthandler", "junitxml", "doctest",
                        "unraisableexception", "threadexception", "pastebin", "stepwise", "setuponly", "setupplan")
      for part in ("-p", f"no:{name}")),
)  # fmt: skip


class Test:
    """A collected locked test: what its mark says, pytest's item, and the path of its module."""

    __slots__ = ("item", "locked", "path")
    __test__ = False

    def __init__(self, locked: LockedTest, item: pytest.Item) -> None:
        self.locked = locked
        self.item = item
        self.path = str(item.path)


class Template:
    """A grader in `folder`, collected with names from the packages `roots` left open; use it in a `with` statement.

    `cut`, where there is one, is the folder of its visible edition; `visible` are its tests. Raises CourseError where
    the grader cannot be collected.
    """

    def __init__(self, folder: Path, roots: Collection[str], cut: Path | None = None) -> None:
        self.folder = folder
        self.cut = cut
        self.visible: tuple[Test, ...] = ()
        self.names = Names(roots)
        self.tests: tuple[Test, ...] = ()
        self.plugin = Plugin()
        self.collection: pytest.Session
        self._closing = contextlib.ExitStack()

    @classmethod
    def of(cls, collection: pytest.Session, names: Names, folder: Path) -> Self:
        """Return the template that somebody else's session over a grader's folder is."""
        template = cls(folder, ())
        template.names, template.collection = names, collection
        template.tests = tuple(_tests(collection.items))
        return template

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as closing:
            closing.enter_context(self.names)
            closing.enter_context(_quiet_environment())
            folders = [self.folder, *([self.cut] if self.cut else [])]
            _settle_hypothesis(folders)
            closing.enter_context(_forgotten(folders))
            self.collection = closing.enter_context(_collected(folders, self.plugin))
            found = tuple(_tests(self.collection.items))
            self.visible = tuple(test for test in found if self.cut and Path(test.path).is_relative_to(self.cut))
            self.tests = tuple(test for test in found if test not in self.visible)
            self._closing = closing.pop_all()
        return self

    def __exit__(self, *fault: object) -> None:
        self._closing.close()


@dataclass(frozen=True, slots=True)
class Program:
    """How a submission ran as a script: what it printed, and its exit code."""

    stdout: str
    code: int


class Desk(Protocol):
    """Who knows the submission that is judged."""

    def program(self, stdin: str, args: Sequence[str]) -> Program:
        """Run the whole submission as a script, in a subject of its own."""

    def uses(self, function: Any, what: str) -> bool:
        """Return what a function is built of; see `tito.judging.judge.structure`."""


class Plugin:
    """What the judge adds to pytest: the mark, fixtures of its own, and the faults of collecting.

    `desk` is whoever judges a submission at the moment.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.desk: Desk | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the mark that ties a test to its criterion."""
        register_mark(config)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a grader module that cannot be collected."""
        if report.failed:
            what = f"this grader cannot be collected: {_last_line(report.longreprtext)}"
            self.problems.append(Problem(what, "Correct its source and run `tito lock`.", report.nodeid))

    @pytest.fixture
    def record_property(self, request: pytest.FixtureRequest) -> Callable[[str, object], None]:
        """Keep what a test says of itself, as pytest's own fixture of this name does; its plug-in is left out."""
        return lambda name, value: request.node.user_properties.append((name, value))

    @pytest.fixture
    def tmp_path(self) -> Path:
        """Return a folder of the test's own that the student's code can reach as well: in the subject's."""
        return Path(tempfile.mkdtemp(prefix="tmp-"))

    @pytest.fixture
    def program(self) -> Callable[..., Program]:
        """Return what runs the whole submission as a script: `program(stdin="3", args=("-v",))`."""
        desk = self._judging()
        return lambda stdin="", args=(): desk.program(stdin, args)

    @pytest.fixture
    def uses(self) -> Callable[[Any, str], bool]:
        """Return what tells whether a function uses "recursion", "loop", "call:NAME" or "import:NAME"."""
        return self._judging().uses

    def _judging(self) -> Desk:
        if self.desk is None:
            raise BrokenError(Problem("this fixture needs a submission", "Judge one by `tito`."))
        return self.desk


def register_mark(config: pytest.Config) -> None:
    """Tell pytest of the mark that the graders carry."""
    config.addinivalue_line("markers", f"{MARK}(grade_id, points): the rubric's criterion that a locked test decides")


@contextlib.contextmanager
def _collected(folders: Sequence[Path], plugin: Plugin) -> Iterator[Collecting]:
    """Give pytest's session over a grader's folders, as pytest's own main function begins and ends one."""
    folder = folders[0]
    paths = [str(each) for each in folders]
    config: Config = _prepareconfig([*_ARGUMENTS, f"--rootdir={folder}", f"--confcutdir={folder}", *paths], [plugin])
    try:
        config._do_configure()  # noqa: SLF001 - there is no public way to collect without running
        session = Collecting.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        try:
            session.perform_collect()
        except pytest.UsageError as fault:
            raise BrokenError(Problem(f"pytest gave up on {folder}: {fault}", "Run it by hand to see why.")) from None
        if plugin.problems:
            raise CourseError(*plugin.problems)
        yield session
    finally:
        config._ensure_unconfigure()  # noqa: SLF001


def _tests(items: Sequence[pytest.Item]) -> Iterator[Test]:
    for item in items:
        mark = item.get_closest_marker(MARK)
        name = item.nodeid.rpartition("/")[2]
        if mark is None or not mark.args:
            what = f"the test {name} has no criterion"
            raise CourseError(Problem(what, f'Mark it with @pytest.mark.{MARK}("its-grade-id", points=…).'))
        yield Test(LockedTest(str(mark.args[0]), str(mark.kwargs.get("points", 0)), name), item)


@contextlib.contextmanager
def _quiet_environment() -> Iterator[None]:
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def _settle_hypothesis(folders: Sequence[Path]) -> None:
    """Where a grader uses hypothesis, let nothing of it rest on a clock or an earlier run; each test is seeded."""
    if not any("hypothesis" in path.read_text("utf-8") for folder in folders for path in folder.glob("*.py")):
        return
    try:
        from hypothesis import HealthCheck, settings  # noqa: PLC0415 - it takes as long to import as all of the judge
    except ImportError:
        # Collecting says so, with its place.
        return
    slow = [HealthCheck.too_slow]
    plain = settings.get_profile("default")
    # Where CI is set, hypothesis chooses a profile that draws the same for everybody; a test has a seed of its own.
    settings.register_profile(
        "tito", plain, derandomize=False, database=None, deadline=None, print_blob=False, suppress_health_check=slow
    )
    settings.load_profile("tito")


@contextlib.contextmanager
def _forgotten(folders: Sequence[Path]) -> Iterator[None]:
    """Take a grader's modules out of sys.modules again: another grader's may have the same names."""
    try:
        yield
    finally:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file and any(Path(file).is_relative_to(folder) for folder in folders):
                del sys.modules[name]


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("E ")] or text.splitlines() or [""]
    return lines[-1].removeprefix("E").strip()
