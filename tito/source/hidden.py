"""A locked cell in its two editions: as students see it, without hidden tests and mark schemes, and whole."""

from collections.abc import Collection

from tito.model.document import Kind
from tito.source.markers import Marked, Region, regions
from tito.source.syntax import parsed


def visible(source: str, kind: Kind = Kind.CODE) -> str:
    """Return a locked cell's source as students see it: without hidden tests and mark schemes.

    A block of code that is left empty gets a `pass`, so that what was Python stays it.
    """
    found = _hidden(source, kind)
    if not found:
        return source
    if kind is not Kind.CODE:
        return _without(source, found, ())
    filled = found if parsed(_without(source, found, found)) else []
    for region in found:
        fewer = [each for each in filled if each is not region]
        if parsed(_without(source, found, fewer)):
            filled = fewer
    return _without(source, found, filled).rstrip()


def unmarked(source: str) -> str:
    """Return a test cell's source without the markers of its hidden tests; the tests themselves stay."""
    marks = {line for region in _hidden(source) for line in (region.first, region.last)}
    lines = source.removesuffix("\n").split("\n")
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in marks)


def _hidden(source: str, kind: Kind = Kind.CODE) -> list[Region]:
    return [each for each in regions(source, kind) if each.kind is not Marked.SOLUTION]


def _without(source: str, found: Collection[Region], filled: Collection[Region]) -> str:
    """Return a source without the regions `found`, with a `pass` in place of those that are `filled`."""
    inside = {line for each in found for line in range(each.first, each.last + 1)}
    passes = {each.first: f"{each.indent}pass" for each in filled}
    lines = enumerate(source.split("\n"), 1)
    return "\n".join(passes.get(number, line) for number, line in lines if number not in inside or number in passes)
