"""What became of all that a class handed in: what has no place, and one line of counts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.text import Text

from tito.model.submission import Fates, Left
from tito.report.style import Style
from tito.report.text import label, one_line, safe

_FIRST: Final = 8
_SHOWN: Final = 40


def fates_report(counts: Mapping[str, int], fates: Fates, names: Mapping[str, str], style: Style) -> Iterator[Text]:
    """Yield a line for each thing without a place, then the counts: of rows as given, and of what is none."""
    yield from left_lines(fates.left, style)
    told = [f"{number} {what}" for what, number in counts.items()]
    told.append(f"{len(fates.left)} not placed")
    told.append(f"nothing from {len(fates.nothing)}{_first(fates.nothing, names)}")
    yield Text(style.say(", ".join(told)), style="bold")


def left_lines(left: Sequence[Left], style: Style) -> Iterator[Text]:
    """Yield a line for each thing that has no place, as far as anybody reads on."""
    for each in left[:_SHOWN]:
        line = f"not placed: {label(each.source, 1_000)}: {safe(each.why)}"
        yield Text(style.say(line), style="yellow")
    if len(left) > _SHOWN:
        yield Text(f"and {len(left) - _SHOWN} more without a place: --json has them all", style="yellow")


def _first(students: Sequence[str], names: Mapping[str, str]) -> str:
    if not students:
        return ""
    shown = [
        f"{label(each, 60)} ({one_line(names[each], 60)})" if names.get(each) else label(each, 60)
        for each in students[:_FIRST]
    ]
    more = f" and {len(students) - _FIRST} more" if len(students) > _FIRST else ""
    return f": {', '.join(shown)}{more}"
