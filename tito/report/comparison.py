"""tito's points beside another grader's: how many cells agree, and each that does not, with the reason."""

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.points import percent, points
from tito.report.style import Style
from tito.report.text import label, safe
from tito.scoring.comparison import Comparison, Difference, Reason


def comparison_report(comparisons: Sequence[Comparison], style: Style) -> RenderableType:
    """Return a table of the modules, and one of the cells whose points differ."""
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    for head in ("module", "cells", "agree", "of those apart", "differ", "unexplained"):
        table.add_column(head, justify="left" if head == "module" else "right")
    for each in comparisons:
        table.add_row(label(each.module), *_counts(each))
    parts: list[RenderableType] = [table]
    if any(each.differences for each in comparisons):
        parts += [Text(), _differences(comparisons, style)]
    parts += [
        Text(safe(f"{each.module}: only the other grader has {', '.join(each.alone)}"), style="yellow")
        for each in comparisons
        if each.alone
    ]
    cells, agreeing = (sum(each.apart[place] for each in comparisons) for place in (0, 1))
    share = f", {percent(Decimal(agreeing) * 100 / cells)} %" if cells else ""
    return Group(*parts, Text(), Text(f"{agreeing} of {cells} cells that run apart agree{share}", style="bold"))


def _counts(each: Comparison) -> Sequence[str]:
    apart, alike = each.apart
    numbers = (each.cells, each.agreeing, f"{alike}/{apart}", len(each.differences), each.unexplained)
    return [str(number) for number in numbers]


def _differences(comparisons: Sequence[Comparison], style: Style) -> Table:
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    for head in ("student", "cell", "here", "there", "why"):
        table.add_column(head, justify="right" if head in {"here", "there"} else "left", overflow="fold")
    for comparison in comparisons:
        for each in comparison.differences:
            table.add_row(*_row(each))
    return table


def _row(each: Difference) -> Sequence[Text]:
    ours = "-" if each.ours is None else points(each.ours)
    why = Text(each.reason, style="red" if each.reason is Reason.UNEXPLAINED else "")
    return [Text(label(each.student)), Text(label(each.criterion)), Text(ours), Text(points(each.theirs)), why]
