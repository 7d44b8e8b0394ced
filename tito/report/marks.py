"""Which lines of a submission a failing criterion is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tito.records import dataclass

if TYPE_CHECKING:
    # Its package imports formats that mark lines, so that neither could come first.
    from tito.report.formats.view import Part

_CALLED: Final = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a submission: `path` is as frames have it."""

    path: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a line is marked: the criterion, and in words what happened there."""

    id: str
    title: str
    why: str


def marks(parts: "Sequence[Part]", lines: Sequence[Line]) -> Mapping[tuple[str, int], tuple[Mark, ...]]:
    """Return the marks of each (path, line): where tests failed, or else where what they called is defined."""
    found: dict[tuple[str, int], list[Mark]] = {}
    known = {(each.path, each.number) for each in lines}
    for part in parts:
        if part.passed or part.pending:
            continue
        places = [place for place in _frames(part) if place in known]
        why = "stopped here"
        if not places:
            places, why = list(definitions(part, lines)), "does not pass"
        for place in dict.fromkeys(places):
            found.setdefault(place, []).append(Mark(part.id, part.title, why))
    return {place: tuple(each) for place, each in found.items()}


def definitions(part: "Part", lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    """Yield where the class or function is defined that a criterion's failing tests called last."""
    for test in part.tests:
        name = _CALLED.match(test.calls[-1]) if test.calls and test.status != "passed" else None
        if name:
            pattern = re.compile(rf"\s*(?:class|(?:async\s+)?def)\s+{name[0]}\b")
            yield from ((each.path, each.number) for each in lines if pattern.match(each.text))


def _frames(part: "Part") -> Iterator[tuple[str, int]]:
    for test in part.tests:
        if test.status != "passed" and test.frames:
            yield (test.frames[-1].path, test.frames[-1].line)
