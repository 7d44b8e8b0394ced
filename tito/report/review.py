"""An answer on a terminal, for the person who grades it: untrusted text, levels to pick, keys."""

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tito.model.grade import Mark
from tito.model.points import points, worth
from tito.model.rubric import Criterion, Level
from tito.records import dataclass
from tito.report.style import Style
from tito.report.text import label, one_line, safe
from tito.report.words import counted

KEYS: Final = (
    ("1-9", "level"), ("p", "points"), ("c", "comment"), ("r", "reuse a comment"), ("n", "next"), ("b", "back"),
    ("u", "undo"), ("w", "whole work"), ("o", "open its page"), ("i", "who"), ("q", "quit"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer and what stands beside it: its criterion, levels, what was given so far, what its cells showed."""

    criterion: Criterion
    text: str
    levels: Sequence[Level]
    mark: Mark | None = None
    comment: str = ""
    showed: RenderableType = ""


def answer_report(shown: Shown, style: Style, lines: int) -> RenderableType:
    """Return an answer and what can be given for it; of a long answer, the first `lines` lines."""
    criterion, mark = shown.criterion, shown.mark
    title = f"{one_line(criterion.title)}, {worth(criterion.points)}"
    parts: list[RenderableType] = [Text(style.say(title), style="bold")]
    if criterion.tests:
        parts.append(Text(style.say(safe(criterion.tests)), style="dim"))
    parts += [_answer(shown.text, style, lines), shown.showed, Text(), _levels(shown.levels, mark, style)]
    if mark and not mark.level:
        parts.append(Text(f"marked: {worth(mark.points)}", style="green"))
    if shown.comment:
        parts.append(Text(style.say(f"comment: {safe(shown.comment)}"), style="cyan"))
    keys = "  ".join(f"[{key}] {what}" for key, what in KEYS)
    return Group(*parts, Text(), Text(keys, style="dim"))


def whole_report(text: str, style: Style) -> RenderableType:
    """Return all that a student handed in."""
    return Text(style.say(safe(text, 100_000)))


def comments_report(comments: Sequence[str], style: Style) -> RenderableType:
    """Return comments to pick from by number."""
    table = Table.grid(padding=(0, 1))
    for number, each in enumerate(comments, 1):
        table.add_row(f"[{number}]", Text(style.say(one_line(each))))
    return table


def progress_report(rows: Sequence[tuple[str, str, int, int]], style: Style) -> RenderableType:
    """Return how far each criterion's review is: id, title, how many are marked and how many wait."""
    table = Table(box=style.box, show_edge=False, pad_edge=False)
    for name in ("criterion", "title"):
        table.add_column(name, overflow="fold")
    for name in ("marked", "waiting"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, title, marked, waiting in rows:
        table.add_row(label(name, 60), Text(style.say(one_line(title))), str(marked), str(waiting))
    return table


def _answer(text: str, style: Style, lines: int) -> RenderableType:
    shown = safe(text, 20_000).splitlines()
    more = len(shown) - lines
    if more > 0:
        shown = [*shown[:lines], f"… {counted(more, 'more line')}: [w] shows the whole work"]
    body = Text(style.say("\n".join(shown)) if text.strip() else "(nothing)", style="" if text.strip() else "dim")
    return Panel(body, box=box.ROUNDED) if style.unicode and not style.plain else Padding(body, (1, 2))


def _levels(levels: Sequence[Level], mark: Mark | None, style: Style) -> Table:
    table = Table.grid(padding=(0, 2))
    for number, each in enumerate(levels[:9], 1):
        chosen = bool(mark and mark.level == each.name)
        colour = "bold green" if chosen else ""
        cells = (f"[{number}]", one_line(each.name, 30), points(each.points), one_line(each.description))
        table.add_row(*(Text(style.say(cell), style=colour) for cell in cells))
    return table
