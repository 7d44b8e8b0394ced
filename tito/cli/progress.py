"""How far grading is, on standard error: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tito.cli import console

if TYPE_CHECKING:
    from rich.progress import Progress

    from tito.workflows.grading.grade import Advance

Tell = Callable[["Advance"], None]

# How often a log gets a line, and a terminal another picture, in seconds.
_LINE: Final = 10.0
_PICTURE: Final = 0.1
_WIDE: Final = 100


@contextmanager
def grading(*, quiet: bool) -> Iterator[Tell]:
    """Give what to call with each Advance."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty() and not console.is_plain():
        with _bar() as tell:
            yield tell
    else:
        yield _Lines().tell


class _Lines:
    """A line every few seconds: what the log of a long run needs, and nothing for a short one."""

    def __init__(self) -> None:
        self._begun = self._said = time.monotonic()

    def tell(self, advance: "Advance") -> None:
        now = time.monotonic()
        if now - self._said >= _LINE:
            self._said = now
            rate = advance.done / (now - self._begun)
            left = (advance.total - advance.done) / rate
            pace = f"{rate:.1f} a second, {left:.0f} s left"
            sys.stderr.write(f"{advance.done} of {advance.total} graded, {pace}{_troubles(advance)}\n")


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = [TextColumn("grading"), BarColumn(bar_width=20), MofNCompleteColumn()]
    columns += [
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[troubles]}", markup=False),
    ]
    # No thread of Rich's own: workers are forked off this process.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        yield _Picture(progress, wide=console.width >= _WIDE).tell


class _Picture:
    def __init__(self, progress: "Progress", *, wide: bool) -> None:
        self._progress = progress
        self._wide = wide
        self._task = progress.add_task("", total=None, rate="", troubles="")
        self._begun, self._drawn = time.monotonic(), 0.0

    def tell(self, advance: "Advance") -> None:
        now = time.monotonic()
        if now - self._drawn < _PICTURE and advance.done < advance.total:
            return
        self._drawn = now
        rate = f"{advance.done / max(now - self._begun, 0.001):.1f}/s"
        troubles = _troubles(advance).removeprefix(", ") if self._wide else f"{advance.failed} failing"
        self._progress.update(self._task, completed=advance.done, total=advance.total, rate=rate, troubles=troubles)
        self._progress.refresh()


def _troubles(advance: "Advance") -> str:
    from tito.report import label

    student, seconds = advance.slowest
    slowest = f", slowest {label(student, 20)} {seconds:.1f} s" if student else ""
    return f", {advance.failed} failing{slowest}"
