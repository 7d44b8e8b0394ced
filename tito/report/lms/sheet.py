"""A delimited file, cell by cell, in which cells can be changed and nothing else is."""

import codecs
from collections.abc import Mapping, Sequence
from typing import Final

from tito.errors import CourseError, Problem
from tito.records import dataclass

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without quotes, where it stands in the file, and whether it is quoted there."""

    text: str
    start: int
    end: int
    quoted: bool
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's rows; `codec` and `mark` are how its bytes begin and are made."""

    path: str
    text: str
    rows: tuple[tuple[Cell, ...], ...]
    delimiter: str
    codec: str
    mark: bytes

    def with_cells(self, changed: Mapping[Cell, str]) -> bytes:
        """Return the file with new texts in some cells, quoted where the old ones were."""
        parts, at = [], 0
        for cell in sorted(changed, key=lambda each: each.start):
            new = changed[cell]
            parts += [self.text[at : cell.start], f'"{new}"' if cell.quoted else new]
            at = cell.end
        return self.mark + "".join([*parts, self.text[at:]]).encode(self.codec)


def read_sheet(content: bytes, path: str) -> Sheet:
    """Read a file that is delimited by comma, semicolon or tab. Raises CourseError where it is none."""
    mark, codec = _coding(content)
    text = decoded(content, path)
    first = text.partition("\n")[0]
    delimiter = max("\t,;", key=first.count)
    rows = _rows(text, delimiter, path)
    if not rows:
        raise CourseError(Problem("this file is empty", "Export it again.", path))
    return Sheet(path, text, rows, delimiter, codec, mark)


def decoded(content: bytes, path: str) -> str:
    """Return a file's text, by the mark that its bytes begin with. Raises CourseError where it is in another code."""
    mark, codec = _coding(content)
    try:
        return content[len(mark) :].decode(codec)
    except UnicodeDecodeError:
        raise CourseError(Problem("this file is not UTF-8 or UTF-16", "Export it again.", path)) from None


def _coding(content: bytes) -> tuple[bytes, str]:
    return next(((mark, codec) for mark, codec in _MARKS if content.startswith(mark)), (b"", "utf-8"))


def _rows(text: str, delimiter: str, path: str) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at, line = 0, 1
    while at < len(text) or row:
        cell = _cell(text, at, line, delimiter, path)
        row.append(cell)
        line += text.count("\n", at, cell.end)
        at = cell.end
        if text[at : at + 1] == delimiter:
            at += 1
            if at < len(text):
                continue
            row.append(Cell("", at, at, quoted=False, line=line))
        # Here the text ends, or a line.
        line += text.count("\n", at, at + 1) or (text[at : at + 2] == "\r\n")
        at += 2 if text[at : at + 2] == "\r\n" else 1
        rows.append(tuple(row))
        row = []
    return tuple(rows)


def _cell(text: str, at: int, line: int, delimiter: str, path: str) -> Cell:
    if text[at : at + 1] != '"':
        ends = (text.find(sign, at) for sign in (delimiter, "\r", "\n"))
        end = min((place for place in ends if place >= 0), default=len(text))
        return Cell(text[at:end], at, end, quoted=False, line=line)
    end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            raise CourseError(Problem("a quote is never closed", "Export it again.", path, line))
        if text[end + 1 : end + 2] != '"':
            break
        end += 2
    if text[end + 1 : end + 2] not in {delimiter, "\r", "\n", ""}:
        raise CourseError(Problem("there is text behind a closing quote", "Export it again.", path, line))
    return Cell(text[at + 1 : end].replace('""', '"'), at, end + 1, quoted=True, line=line)


def texts(row: Sequence[Cell]) -> list[str]:
    """Return a row's texts, without blanks around them."""
    return [each.text.strip() for each in row]
