"""`tito check --watch` on a terminal: the first thing to do after each save, and single keys."""

import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tito.cli import console
from tito.cli.options import here
from tito.cli.students import hint_report
from tito.errors import TitoError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tito.cli.keys import Keys
    from tito.judging.pool import Pool
    from tito.model.course import Course
    from tito.report import Style
    from tito.workflows.student.watch import Seen, Watch

_KEYS: Final = "h hint · l list · n next lesson · d difference · q quit"
_CLEAR: Final = "\x1b[2J\x1b[3J\x1b[H"


def watching(work: str) -> None:
    """Check a module, then whatever is saved, until `q` or Ctrl-C."""
    from tito.workflows.student.watch import Watch, saved, times

    course = here()
    folders = [course.root / course.settings.modules]
    since = times(folders)
    with Watch(course.root, Path.cwd(), _pool) as watch, _keys() as keys:
        screen = _Screen(watch)
        screen.check(work)
        stop = threading.Event()
        for event in _events(saved(folders, stop, since), keys):
            if event == "q":
                stop.set()
                return
            screen.take(event)


def _pool(course: "Course") -> "Pool":
    from tito.workflows.grading.judges import start_pool

    return start_pool(course, 1)


class _Screen:
    """What is shown: of the last look, the first thing to do."""

    def __init__(self, watch: "Watch") -> None:
        self._watch = watch
        self._seen: Seen | None = None

    def take(self, event: "str | frozenset[Path]") -> None:
        """Answer a key, or check what was saved."""
        if isinstance(event, frozenset):
            for path in event:
                if self._watch.belongs(path):
                    self.check(str(path))
            return
        with _told():
            match event:
                case "h":
                    self._hint()
                case "l" | "d" if self._seen:
                    self._show(_list(self._seen) if event == "l" else _difference(self._seen))
                case "n" if self._seen:
                    self.check(self._watch.after(self._seen.task.module.id))
                case "r" | " " | "\n":
                    self.check(self._seen.task.found.path if self._seen else "")

    def check(self, wanted: str) -> None:
        """Check a module or a file, and show the first thing to do."""
        with _told():
            self._seen = self._watch.look(wanted)
            self._show(_first(self._seen))

    def _hint(self) -> None:
        from tito.workflows.student.hint import hint

        if self._seen is not None and self._seen.result is not None:
            result, module = self._seen.result, self._seen.task.module.id
            found = hint(self._watch.course, module, Path.cwd(), lambda _: result)
            self._show(hint_report(found, console.style()))

    def _show(self, result: "RenderableType") -> None:
        from rich.text import Text

        terminal = sys.stdout.isatty() and not console.is_plain()
        if terminal:
            sys.stdout.write(_CLEAR)
        console.show(result)
        console.show(Text(console.style().say(f"\n{_KEYS}" if terminal else ""), style="dim"))
        sys.stdout.flush()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Say what is wrong with the course or the file; the next save may have mended it."""
    try:
        yield
    except TitoError as fault:
        console.warn(str(fault))


def _first(seen: "Seen") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from tito.report import first_thing, syntax_report

    style, own = console.style(), seen.task.own
    if seen.result is None or seen.task.syntax:
        return syntax_report(seen.task.syntax, style=style, own=own) if seen.task.syntax else Text()
    saved = f", saved {own.saved:%H:%M:%S}" if own.saved else ""
    head = Text(style.say(f"{own.module}: {own.path}{saved}"), style="bold")
    thing = first_thing(seen.result.grade, style=style, own=own)
    done = Text(style.say(f"every visible test passes: `tito module complete {own.module}`"), style="bold green")
    return Group(head, thing or done, Text(style.say(_total(seen)), style="dim"))


def _total(seen: "Seen") -> str:
    from tito.model.outcome import Status
    from tito.model.points import points

    if seen.result is None:
        return ""
    grade = seen.result.grade
    passed = sum(each.status is Status.PASSED for each in grade.criteria)
    of = f"{points(grade.earned)} of {points(grade.graded)} public points"
    return f"{passed} of {len(grade.criteria)} criteria, {of}, {seen.seconds:.2f} s"


def _list(seen: "Seen") -> "RenderableType":
    from rich.text import Text

    from tito.cli.grading import checked

    return checked(seen.result) if seen.result else Text("nothing was tested: the file is not Python yet")


def _difference(seen: "Seen") -> "RenderableType":
    from rich.text import Text

    style: Style = console.style()
    lines = [f"{title}: {before} → {now}" for title, before, now in seen.changes]
    return Text(style.say("\n".join(lines) or "nothing has changed since the last time"))


@contextlib.contextmanager
def _keys() -> "Iterator[Keys | None]":
    """Give what reads single keys, or None where there is no terminal to read them from."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield None
        return
    from tito.cli.keys import keys

    with keys() as reading:
        yield reading


def _events(turns: "Iterator[frozenset[Path]]", keys: "Keys | None") -> "Iterator[str | frozenset[Path]]":
    """Yield keys, and the files that were saved, as they come."""
    for paths in turns:
        while keys is not None and (key := keys.pressed()):
            yield key
        if paths:
            yield paths
