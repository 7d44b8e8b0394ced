"""What a class shares, as one page: pairs and groups, and each pair's code side by side, what is common marked."""

from collections.abc import Collection, Sequence
from typing import Final

from markupsafe import Markup

from tito.records import dataclass
from tito.report.html.code import coloured
from tito.report.html.pages import render
from tito.report.text import escaped
from tito.similarity.pairs import Pair, Read, clusters, shared_lines

_AROUND: Final = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: whose, from where, and its lines, each with whether the other has it too.

    Lines far from what is common are left out: where some are, a number is 0.
    """

    name: str
    path: str
    lines: tuple[tuple[int, Markup, bool], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A pair as the page shows it: its number, the part that is shared in percent, and both sides."""

    number: int
    percent: int
    shared: int
    sides: tuple[Side, Side]


def alike_page(module: str, texts: Sequence[Read], found: Sequence[Pair], tool: str) -> str:
    """Return the page of these pairs, each with both sides; of texts that are in none it shows how many there are."""
    besides = [_beside(number, texts, pair) for number, pair in enumerate(found, 1)]
    groups = [[escaped(texts[place].name) for place in group] for group in clusters(found)]
    result = {"graded_at": "", "tool": tool}
    return render("alike.html", result=result, module=module, count=len(texts), pairs=besides, clusters=groups)


def _beside(number: int, texts: Sequence[Read], pair: Pair) -> Beside:
    places = shared_lines(texts, pair)
    first, second = (
        _side(texts[place], lines) for place, lines in zip((pair.first, pair.second), places, strict=True)
    )
    return Beside(number, round(pair.part * 100), pair.shared, (first, second))


def _side(text: Read, common: Collection[int]) -> Side:
    near = {line + by for line in common for by in range(-_AROUND, _AROUND + 1)}
    shown: list[tuple[int, Markup, bool]] = []
    for number, html in enumerate(coloured(text.text.rstrip("\n")), 1):
        if number in near:
            shown.append((number, html, number in common))
        elif not shown or shown[-1][0]:
            shown.append((0, Markup("…"), False))
    return Side(escaped(text.name), escaped(text.path), tuple(shown))
