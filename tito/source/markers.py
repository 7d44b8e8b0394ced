"""The markers that part an instructor's cell: BEGIN/END SOLUTION, HIDDEN TESTS and MARK SCHEME, in comments."""

import difflib
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document, Kind
from tito.records import dataclass


class Marked(StrEnum):
    """What a region holds."""

    SOLUTION = "SOLUTION"
    HIDDEN_TESTS = "HIDDEN TESTS"
    MARK_SCHEME = "MARK SCHEME"


@dataclass(frozen=True, slots=True)
class Region:
    """The lines from a BEGIN marker to its END marker, both included; 1-based within the source.

    `indent` is that of the code between them, wherever the markers themselves begin.
    """

    kind: Marked
    first: int
    last: int
    indent: str


@dataclass(frozen=True, slots=True)
class _Comment:
    """What may be a marker: its text without the comment sign, and whether it has its line to itself."""

    line: int
    indent: str
    text: str
    alone: bool = True


_NAMES: Final = "SOLUTION|HIDDEN TESTS|MARK SCHEME"
_EXACT: Final = re.compile(rf"^\W*\b(BEGIN|END) ({_NAMES})\b\W*$")
_NEAR: Final = re.compile(r"^\W*(begin|end|start|stop)[\s_-]+([a-z]+(?:[\s_-][a-z]+)?)\W*$", re.IGNORECASE)
_TURNED: Final = re.compile(
    r"^\W*(solutions?|hidden[\s_-]tests?|mark[\s_-]schemes?)[\s_-]+(begin|end|start|stop)s?\W*$", re.IGNORECASE
)
# nbgrader looks for its markers anywhere in a line, so that more words beside one would not stop it.
_WITHIN: Final = re.compile(rf"\b(BEGIN|END)\s+({_NAMES})\b")
_MAGICS: Final = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)
_LIKENESS: Final = 0.75


def regions(source: str, kind: Kind = Kind.CODE) -> tuple[Region, ...]:
    """Return a cell's regions, in order. Raises ValueError with (line, what) where its markers are wrong."""
    found = []
    for each in _read(source, kind):
        match each:
            case Region():
                found.append(each)
            case line, what:
                raise ValueError(line, what)
    return tuple(found)


def check_markers(document: Document) -> None:
    """Raise CourseError with every marker of a document that is nested, unmatched or nearly one."""
    problems = [
        Problem(what, "Write `### BEGIN …` and `### END …` in pairs.", *document.place(cell, line))
        for cell in document.cells
        for line, what in _named(cell)
    ]
    if problems:
        raise CourseError(*problems)


def _named(cell: Cell) -> Iterator[tuple[int, str]]:
    for each in _read(cell.source, cell.kind):
        if not isinstance(each, Region):
            yield each[0], f"cell {cell.grade_id or '(without a grade_id)'}: {each[1]}"


def _read(source: str, kind: Kind) -> Iterator[Region | tuple[int, str]]:
    """Yield a cell's regions, and what is wrong with its markers, by line."""
    lines = source.split("\n")
    opened: tuple[Marked, int, str] | None = None
    for comment in _comments(source, kind):
        line, exact = comment.line, _EXACT.match(comment.text)
        if not exact or not comment.alone:
            yield from ((line, fault) for fault in _fault(comment, kind))
            continue
        word, what = exact[1], Marked(exact[2])
        if word == "BEGIN":
            if opened:
                yield line, f"BEGIN {what} inside the {opened[0]} region of line {opened[1]}"
            opened = opened or (what, line, comment.indent)
        elif opened is None or opened[0] is not what:
            yield line, f"END {what} without its BEGIN"
        else:
            yield Region(what, opened[1], line, _indent(lines[opened[1] : line - 1], opened[2]))
            opened = None
    if opened:
        yield opened[1], f"BEGIN {opened[0]} without its END"


def _indent(lines: Iterable[str], marker: str) -> str:
    """Return the indent of the code between two markers, or else the marker's own."""
    for line in lines:
        bare = line.lstrip()
        if bare and not bare.startswith("#"):
            return line[: len(line) - len(bare)]
    return marker


def _comments(source: str, kind: Kind) -> Iterator[_Comment]:
    """Yield what may be a marker: the comments of code, and every line of prose."""
    if kind is Kind.CODE:
        yield from _code_comments(source)
    else:
        yield from (_Comment(number, "", line) for number, line in enumerate(source.split("\n"), 1))


def _code_comments(source: str) -> Iterator[_Comment]:
    lines, last = source.split("\n"), 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(_MAGICS.sub("", source)).readline):
            last = token.end[0]
            if token.type == tokenize.COMMENT:
                before = lines[last - 1][: token.start[1]]
                yield _Comment(last, before, token.string.lstrip("#"), not before.strip())
    except (tokenize.TokenError, SyntaxError):
        # Half-written code: what was read so far stands, and below it a line that begins with # is a comment.
        for number, line in enumerate(lines[last:], last + 1):
            text = line.lstrip()
            if text.startswith("#"):
                yield _Comment(number, line[: len(line) - len(text)], text.lstrip("#"))


def _fault(comment: _Comment, kind: Kind) -> Iterator[str]:
    text = comment.text.strip()
    meant = _WITHIN.search(text) if kind is Kind.CODE else None
    marker = f"### {meant[1]} {meant[2]}" if meant else _near_miss(text)
    if marker and comment.alone:
        yield f"`{text}` is nearly a marker; did you mean `{marker}`?"
    elif marker:
        yield f"the marker `{text}` stands behind code; give it a line of its own"


def _near_miss(text: str) -> str:
    found, turned = _NEAR.match(text), _TURNED.match(text)
    if found:
        word, name = found[1], found[2]
    elif turned:
        word, name = turned[2], turned[1]
    else:
        return ""
    close = difflib.get_close_matches(re.sub(r"[\s_-]+", " ", name).upper(), list(Marked), 1, _LIKENESS)
    return f"### {'BEGIN' if word.upper() in {'BEGIN', 'START'} else 'END'} {close[0]}" if close else ""
