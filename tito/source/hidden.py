"""A locked cell in its two editions: as students see it, without hidden tests and mark schemes, and whole."""

from collections.abc import Collection

from tito.model.document import Kind
from tito.records import dataclass
from tito.source.magics import without_magics
from tito.source.markers import Marked, Region, regions
from tito.source.syntax import parsed


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a cell: its text, and for each of its lines the line of the cell that it was."""

    text: str
    lines: tuple[int, ...]


def visible(source: str, kind: Kind = Kind.CODE) -> str:
    """Return a locked cell's source as students see it: without hidden tests and mark schemes.

    A block of code that is left empty gets a `pass`, so that what was Python stays it.
    """
    return edition(source, kind, public=True).text


def unmarked(source: str) -> str:
    """Return a test cell's source without the markers of its hidden tests; the tests themselves stay."""
    return edition(source, public=False).text


def edition(source: str, kind: Kind = Kind.CODE, *, public: bool) -> Edition:
    """Return a cell without its hidden regions, if `public`, or else without their markers alone."""
    found = [each for each in regions(source, kind) if each.kind is not Marked.SOLUTION]
    if not public:
        marks = {line for region in found for line in (region.first, region.last)}
        return _kept(source.removesuffix("\n"), marks, {})
    if not found:
        return _kept(source, set(), {})
    inside = {line for each in found for line in range(each.first, each.last + 1)}
    passes = {each.first: f"{each.indent}pass" for each in _filled(source, found, inside, kind)}
    kept = _kept(source, inside, passes)
    text = kept.text if kind is not Kind.CODE else kept.text.rstrip()
    return Edition(text, kept.lines[: text.count("\n") + 1])


def _filled(source: str, found: list[Region], inside: Collection[int], kind: Kind) -> list[Region]:
    """Return the regions in whose place Python needs a `pass`."""

    def stays_python(filled: list[Region]) -> bool:
        text = _kept(source, inside, {each.first: f"{each.indent}pass" for each in filled}).text
        return parsed(without_magics(text)[0]) is not None

    if kind is not Kind.CODE or not stays_python(found):
        return []
    filled = found
    for region in found:
        fewer = [each for each in filled if each is not region]
        if stays_python(fewer):
            filled = fewer
    return filled


def _kept(source: str, dropped: Collection[int], replaced: dict[int, str]) -> Edition:
    lines = [
        (number, replaced.get(number, line))
        for number, line in enumerate(source.split("\n"), 1)
        if number not in dropped or number in replaced
    ]
    return Edition("\n".join(line for _, line in lines), tuple(number for number, _ in lines))
