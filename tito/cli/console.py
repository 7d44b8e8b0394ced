"""Where output goes: results to standard output, progress and messages to standard error."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.console import Console

    from tito.report import Style
    from tito.workflows.course.killing import Progress


# No line of a table is longer than this, and no pipe has an edge.
_ENDLESS: Final = 10_000
PLAIN: Final = "--plain"
_PLAIN: Final = "TITO_PLAIN"


def room() -> int:
    """Return how wide a table may be: as the terminal, or COLUMNS, says; in a pipe or file as wide as it is."""
    return out().width if _has_an_edge() else _ENDLESS


def _has_an_edge() -> bool:
    return sys.stdout.isatty() or "COLUMNS" in os.environ


def out(width: int = 100) -> "Console":
    """Return the console for results; a pipe or file gets `width` columns unless COLUMNS says otherwise."""
    from rich.console import Console

    piped = None if _has_an_edge() else width
    # Without a system of colours there is no bold and dim either.
    system = {"color_system": None} if is_plain() else {}
    return Console(width=piped, highlight=False, markup=False, emoji=False, legacy_windows=False, **system)  # type: ignore[arg-type]


def take_plain(arguments: list[str]) -> list[str]:
    """Take `--plain` out of a command line, wherever it stands, and remember it for this process and its own."""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if PLAIN in before:
        os.environ[_PLAIN] = "1"
    return [each for place, each in enumerate(arguments) if each != PLAIN or place >= len(before)]


def is_plain() -> bool:
    """Say whether there are to be no boxes, colours and signs."""
    return os.environ.get(_PLAIN, "") not in {"", "0"}


def style() -> "Style":
    """Return how reports draw: with signs where the stream can show them, with words where not."""
    from tito.report import Style

    return Style(unicode=(sys.stdout.encoding or "ascii").lower().replace("-", "") == "utf8", plain=is_plain())


def show(result: Any, width: int = 100) -> None:
    """Print a renderable, in which no line is a command to a CI runner that reads it; see `out`."""
    from tito.report import unobeyed

    console = out(width)
    with console.capture() as drawn:
        # What is wider than the screen, a table's totals, is folded by it and not cut.
        console.print(result, crop=False)
    sys.stdout.write(unobeyed(drawn.get()))


def show_json(text: str) -> None:
    """Print a JSON document."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def warn(text: str) -> None:
    """Print a message that is not a result."""
    from tito.report import safe

    sys.stderr.write(f"{safe(text)}\n")


@contextmanager
def progress(*, quiet: bool) -> Iterator["Progress"]:
    """Give what to call with (done, total, student): a bar on a terminal, silence in a pipe or when `quiet`."""
    if quiet or is_plain() or not sys.stderr.isatty():
        yield lambda _done, _total, _student: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from tito.report import label

    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    student = TextColumn("{task.description}", markup=False)
    with Progress(*columns, student, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task("", total=None)

        def update(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=label(name, 30))

        yield update
