"""Prove that nothing of a solution is left in a release."""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tito.errors import Problem
from tito.model.course import Unmarked
from tito.model.document import Cell, Document, Kind
from tito.release.stubs import stub
from tito.source.hidden import visible
from tito.source.markers import regions
from tito.source.written import is_emptied

_TRIVIAL: Final = frozenset({"pass", "else:", "try:", "finally:", "return", "break", "continue", ")", "]", "}"})
_TELLING: Final = 12


def leaks(source: Document, released: Document, unmarked: Unmarked = "") -> tuple[Problem, ...]:
    """Return a problem for each line of a solution that the release holds more often than the source's open part.

    Solutions are regions, and cells that `unmarked` empties. Looks at cells' sources, outputs, metadata and
    attachments. Blank lines, comments and lines such as `else:` say nothing and are passed over.
    """
    secret = {line for cell in source.cells for line in _lines(cell, unmarked, inside=True)}
    allowed = Counter(line for cell in source.cells for line in _lines(cell, unmarked, inside=False))
    allowed.update(line for cell in source.cells for line in _stubs(cell))
    found = Counter(line for cell in released.cells for line in _tellings(cell.source))
    problems = [
        Problem(
            f"the release still holds `{line}` of a solution or hidden test",
            "Put the line between the solution's markers, or the markers around it.",
            source.path,
        )
        for line in sorted(secret)
        if found[line] > allowed[line]
    ]
    beside = "\n".join([*map(_beside, released.cells), _texts([released.metadata, released.extras])])
    problems += [
        Problem(f"outputs or metadata of the release hold `{line}`", "Clear them.", source.path)
        for line in sorted(secret)
        if len(line) >= _TELLING and line not in allowed and line in beside
    ]
    return tuple(problems)


def _lines(cell: Cell, unmarked: Unmarked, *, inside: bool) -> Iterator[str]:
    lines = cell.source.split("\n")
    if is_emptied(cell, unmarked):
        yield from _tellings(cell.source) if inside else ()
        return
    hidden = {number for each in regions(cell.source, cell.kind) for number in range(each.first, each.last + 1)}
    chosen = [line for number, line in enumerate(lines, 1) if (number in hidden) is inside]
    yield from _tellings("\n".join(chosen))


def _stubs(cell: Cell) -> Iterator[str]:
    """Yield the lines that stubs put in place of solutions: heads and docstrings of definitions among them."""
    if cell.kind is not Kind.CODE:
        return
    source = visible(cell.source)
    for region in regions(source):
        with contextlib.suppress(ValueError):
            yield from _tellings(stub(source, region))


def _tellings(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = line.strip()
        if bare and not bare.startswith("#") and bare not in _TRIVIAL:
            yield bare


def _beside(cell: Cell) -> str:
    return _texts([cell.metadata, cell.extras])


def _texts(value: object) -> str:
    texts: list[str] = []
    _collect(value, texts)
    return "\n".join(texts)


def _collect(value: object, texts: list[str]) -> None:
    match value:
        case str():
            texts.append(value)
        case dict():
            for key, each in value.items():
                texts.append(str(key))
                _collect(each, texts)
        case list() | tuple():
            for each in value:
                _collect(each, texts)
        case None:
            pass
        case _:
            texts.append(json.dumps(value, default=str))
