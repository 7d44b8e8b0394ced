"""`tito check --watch`: what was saved is checked at once, by a judge that stays warm."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

from tito.judging.plan import Plan
from tito.judging.pool import Pool
from tito.model.course import Course, Module
from tito.records import dataclass
from tito.report.why import TO_DO, to_do
from tito.workflows.course.opening import open_course
from tito.workflows.student.check import CheckResult, Task, judged, look, planned
from tito.workflows.student.record import last_check
from tito.workflows.student.stubs import stub_work

# How often there is a look at keys, and at files where the system does not tell of them, in milliseconds.
_GLANCE: Final = 50
_SETTLED: Final = 20
Times = Mapping[Path, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at a module: the check, or None where the file is not Python; and what has changed since the last one.

    `changes` are (criterion's title, before, now). `seconds` is what it took.
    """

    task: Task
    result: CheckResult | None
    changes: tuple[tuple[str, str, str], ...]
    seconds: float


class Watch:
    """Checks modules of the course at `root`, one after the other; use it in a `with` statement.

    `start` is where paths are seen from, `make` gives a fresh pool of one judge.
    """

    def __init__(self, root: Path, start: Path, make: Callable[[Course], Pool]) -> None:
        self.course = open_course(root)
        self._root = root
        self._start = start
        self._make = make
        self._pool: Pool | None = None
        self._plan: Plan | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self._end()

    def look(self, wanted: str = "") -> Seen:
        """Check a module, or a file; by default the one edited last. What it raises ends the judge, not the watch."""
        begun = time.monotonic()
        self.course = open_course(self._root)
        task = look(self.course, wanted, self._start)
        before = last_check(self.course, task.module.id)
        if task.syntax:
            return Seen(task, None, (), time.monotonic() - begun)
        try:
            result = judged(self.course, task, self._judges(), self._known(task))
        except BaseException:
            # A judge that did not answer cannot be asked again.
            self._end()
            raise
        changes = _changes(before.statuses if before else {}, result)
        return Seen(task, result, changes, time.monotonic() - begun)

    def after(self, module: str) -> str:
        """Return the id of the next module that has a file here; the same where there is none."""
        later = [each.id for each in self.course.modules if each.source and each.id > module]
        return later[0] if later else module

    def belongs(self, path: Path) -> Module | None:
        """Return the module whose source a file is."""
        return next((each for each in self.course.modules if each.source == path), None)

    def _judges(self) -> Pool:
        if self._pool is None:
            self._pool = self._make(self.course).__enter__()
        return self._pool

    def _known(self, task: Task) -> Plan:
        """Return the plan as the judge has it already, where nothing in it has changed."""
        # With the stub, which is the course's own, the judge finds all its code loaded before the first save.
        plan = replace(planned(self.course, task), warm=stub_work(self.course, task.module))
        if plan != self._plan:
            self._plan = plan
        return self._plan or plan

    def _end(self) -> None:
        pool, self._pool, self._plan = self._pool, None, None
        if pool is not None:
            pool.__exit__()


def _changes(before: Mapping[str, str], result: CheckResult) -> tuple[tuple[str, str, str], ...]:
    now = [(each.criterion, TO_DO if to_do(each) else str(each.status)) for each in result.grade.criteria]
    return tuple(
        (criterion.title, before[criterion.id], status)
        for criterion, status in now
        if before.get(criterion.id, status) != status
    )


def saved(folders: Sequence[Path], stop: threading.Event, since: Times) -> Iterator[frozenset[Path]]:
    """Yield which files were saved below folders, and nothing of them every now and then, until it is to stop.

    `since` are their times from before whatever was done meanwhile.
    """
    turns = _told(folders, stop)
    yield next(turns, frozenset()) | _newer(times(folders), since)
    yield from turns


def _told(folders: Sequence[Path], stop: threading.Event) -> Iterator[frozenset[Path]]:
    try:
        import watchfiles  # noqa: PLC0415 - the extra `watch`
    except ImportError:
        yield from _polled(folders, stop)
        return
    for changes in watchfiles.watch(
        *folders,
        stop_event=stop,
        watch_filter=_is_work,
        debounce=_GLANCE,
        step=_SETTLED,
        rust_timeout=_GLANCE,
        yield_on_timeout=True,
    ):
        yield frozenset(Path(path) for _, path in changes)


def _polled(folders: Sequence[Path], stop: threading.Event) -> Iterator[frozenset[Path]]:
    before = times(folders)
    while not stop.is_set():
        time.sleep(_GLANCE / 1000)
        now = times(folders)
        yield _newer(now, before)
        before = now


def _newer(now: Times, before: Times) -> frozenset[Path]:
    return frozenset(path for path, at in now.items() if before.get(path) != at)


def times(folders: Sequence[Path]) -> Times:
    """Return when each lesson's file below folders was changed."""
    found = {}
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if not name.startswith((".", "__"))]
            for path in (Path(place, name) for name in names if _is_work(None, f"{place}/{name}")):
                # A file may have gone between two looks.
                with contextlib.suppress(OSError):
                    found[path] = path.stat().st_mtime_ns
    return found


def _is_work(_: object, path: str) -> bool:
    hidden = any(part.startswith((".", "__")) and part not in {".", ".."} for part in Path(path).parts[-3:])
    return path.endswith((".py", ".ipynb")) and not hidden
