"""The markers that part an instructor's cell: BEGIN/END SOLUTION, HIDDEN TESTS and MARK SCHEME, in comments."""

import difflib
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document, Kind


class Marked(StrEnum):
    """What a region holds."""

    SOLUTION = "SOLUTION"
    HIDDEN_TESTS = "HIDDEN TESTS"
    MARK_SCHEME = "MARK SCHEME"


@dataclass(frozen=True, slots=True)
class Region:
    """The lines from a BEGIN marker to its END marker, both included; 1-based within the source."""

    kind: Marked
    first: int
    last: int
    indent: str


_EXACT: Final = re.compile(r"^\W*\b(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)\b\W*$")
_NEAR: Final = re.compile(r"^\W*(begin|end|start|stop)[\s_-]+([a-z]+(?:[\s_-][a-z]+)?)\W*$", re.IGNORECASE)
_LIKENESS: Final = 0.75


def regions(source: str, kind: Kind = Kind.CODE) -> tuple[Region, ...]:
    """Return a cell's regions, in order. Raises ValueError with (line, what) where its markers are wrong."""
    found, problems = _read(source, kind)
    if problems:
        raise ValueError(*problems[0])
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
    for line, what in _read(cell.source, cell.kind)[1]:
        yield line, f"cell {cell.grade_id or '(without a grade_id)'}: {what}"


def _read(source: str, kind: Kind) -> tuple[list[Region], list[tuple[int, str]]]:
    found: list[Region] = []
    problems: list[tuple[int, str]] = []
    opened: tuple[Marked, int, str] | None = None
    for line, indent, text in _comments(source, kind):
        exact = _EXACT.match(text)
        if not exact:
            if near := _near_miss(text):
                problems.append((line, f"`{text.strip()}` is nearly a marker; did you mean `{near}`?"))
            continue
        word, what = exact[1], Marked(exact[2])
        if word == "BEGIN":
            if opened:
                problems.append((line, f"BEGIN {what} inside the {opened[0]} region of line {opened[1]}"))
            opened = opened or (what, line, indent)
        elif opened is None or opened[0] is not what:
            problems.append((line, f"END {what} without its BEGIN"))
        else:
            found.append(Region(what, opened[1], line, opened[2]))
            opened = None
    if opened:
        problems.append((opened[1], f"BEGIN {opened[0]} without its END"))
    return found, problems


def _comments(source: str, kind: Kind) -> Iterator[tuple[int, str, str]]:
    """Yield (line, indent, text) of what may be a marker: a comment of its own, or any line outside code."""
    lines = source.splitlines()
    if kind is not Kind.CODE:
        yield from ((number, "", line) for number, line in enumerate(lines, 1))
        return
    strings = _string_lines(source)
    for number, line in enumerate(lines, 1):
        text = line.lstrip()
        if text.startswith("#") and number not in strings:
            yield number, line[: len(line) - len(text)], text.lstrip("#")


def _string_lines(source: str) -> set[int]:
    """Return the lines that lie within a string, as far as the source can be read as Python."""
    found: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.STRING or tokenize.tok_name[token.type] == "FSTRING_MIDDLE":
                found.update(range(token.start[0] + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        # Magics and half-written code: what was read so far stands, and later lines count as code.
        return found
    return found


def _near_miss(text: str) -> str:
    found = _NEAR.match(text)
    if not found:
        return ""
    name = re.sub(r"[\s_-]+", " ", found[2]).upper()
    close = difflib.get_close_matches(name, list(Marked), 1, _LIKENESS)
    word = "BEGIN" if found[1].upper() in {"BEGIN", "START"} else "END"
    return f"### {word} {close[0]}" if close else ""
