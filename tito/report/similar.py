"""What a class shares, on a terminal: the pairs that are most alike, groups, and what could not be read."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.submission import Left
from tito.report.style import Style
from tito.report.text import label, safe
from tito.report.words import counted
from tito.similarity.pairs import Pair, Read, clusters

_GROUP: Final = 12


def similar_report(
    texts: Sequence[Read], found: Sequence[Pair], shown: int, left: Sequence[Left], style: Style
) -> RenderableType:
    """Return the first `shown` pairs, the groups, and how many there are of everything."""
    table = Table(box=style.box, pad_edge=False)
    for name in ("first", "second", "shared", "passages"):
        table.add_column(name, justify="right" if name in {"shared", "passages"} else "left", overflow="fold")
    for pair in found[:shown]:
        names = (Text(label(texts[place].name, 60)) for place in (pair.first, pair.second))
        table.add_row(*names, f"{round(pair.part * 100)} %", str(pair.shared))
    count = f"{counted(len(texts), 'submission')}, {counted(len(found), 'pair')} alike"
    more = f", the first {shown} shown" if len(found) > shown else ""
    parts: list[RenderableType] = [table] if found else []
    return Group(*parts, Text(f"{count}{more}", style="bold"), *_groups(texts, found), *_left(left, style))


def _groups(texts: Sequence[Read], found: Sequence[Pair]) -> Iterator[Text]:
    for group in clusters(found):
        names = ", ".join(label(texts[place].name, 40) for place in group[:_GROUP])
        more = f" and {len(group) - _GROUP} more" if len(group) > _GROUP else ""
        yield Text(f"{len(group)} alike: {names}{more}")


def _left(left: Sequence[Left], style: Style) -> Iterator[Text]:
    for each in left:
        yield Text(style.say(f"not read: {label(each.source, 1_000)}: {safe(each.why)}"), style="yellow")
