"""A regrade's difference on a terminal: who moves, by which criterion, and the class effect."""

from collections.abc import Iterator
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.points import mean, points
from tito.report.style import Style
from tito.report.text import label, one_line
from tito.scoring.difference import Difference, Move


def difference_report(difference: Difference, style: Style) -> RenderableType:
    """Return the table of those who move, the class effect, and what changed in rubric and tests."""
    table = Table(box=style.box, show_edge=False, pad_edge=False)
    table.add_column("student", max_width=18, no_wrap=True, overflow="ellipsis" if style.unicode else "crop")
    for name in ("before", "after", "+/-"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("by", overflow="fold")
    for each in sorted(difference.moves, key=lambda move: (move.change, move.student)):
        table.add_row(Text(label(each.student, 60)), *_numbers(each), Text(style.say(_why(each))))
    parts: list[RenderableType] = [Text(style.say(f"  {one_line(each)}")) for each in difference.changes]
    if parts:
        parts = [Text("changed since the grades that count:"), *parts, Text()]
    if difference.moves:
        parts += [table, Text()]
    return Group(*parts, *_effect(difference, style))


def _numbers(each: Move) -> list[Text]:
    before, after = (Text("-" if value is None else points(value)) for value in (each.before, each.after))
    colour = "green" if each.change > 0 else "red" if each.change < 0 else ""
    return [before, after, Text(_signed(each.change) if each.change else "", style=colour)]


def _why(each: Move) -> str:
    if each.broken:
        return "broken: tito or this machine failed; keeps the grade"
    if each.before is None:
        return "no grade before"
    shifts = (
        f"{one_line(one.title, 40)} {_signed(one.points)}{f' ({one.note})' if one.note else ''}"
        for one in each.shifts
    )
    return ", ".join(shifts)


def _effect(difference: Difference, style: Style) -> Iterator[Text]:
    counts = [
        f"{number} {one if number == 1 else more}"
        for number, one, more in (
            (difference.up, "gains points", "gain points"),
            (difference.down, "loses points", "lose points"),
            (difference.new, "has a first grade", "have a first grade"),
            (difference.broken, "is broken", "are broken"),
            (difference.same, "stays the same", "stay the same"),
        )
        if number
    ]
    yield Text(", ".join(counts) or "nobody was graded", style="bold")
    pairs = (("mean", difference.means), ("median", difference.medians))
    yield Text(style.say(", ".join(f"{name} {mean(old)} → {mean(new)}" for name, (old, new) in pairs)))


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else ''}{points(value)}"
