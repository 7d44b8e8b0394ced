"""nbgrader's notebooks made whole: metadata of every schema, ids, and markers as tito writes them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tito.errors import CourseError, Problem
from tito.importing.config import Config
from tito.model.document import Cell, Document, Kind
from tito.records import dataclass
from tito.source import nbgrader
from tito.source.markers import Marked

_FLAGS: Final = ("grade", "solution", "locked", "task")
_LONGEST_ID: Final = 200
_NAMES: Final = {
    Marked.SOLUTION: ("ClearSolutions.begin_solution_delimeter", "ClearSolutions.end_solution_delimeter"),
    Marked.HIDDEN_TESTS: ("ClearHiddenTests.begin_test_delimeter", "ClearHiddenTests.end_test_delimeter"),
    Marked.MARK_SCHEME: ("ClearMarkScheme.begin_mark_scheme_delimeter", "ClearMarkScheme.end_mark_scheme_delimeter"),
}


@dataclass(frozen=True, slots=True)
class Delimiters:
    """What begins and ends each kind of region in a course: texts that nbgrader looks for anywhere in a line."""

    of: Mapping[Marked, tuple[str, str]]


def delimiters(config: Config) -> Delimiters:
    """Return the delimiters that a course sets."""
    return Delimiters({kind: (config.text(begin), config.text(end)) for kind, (begin, end) in _NAMES.items()})


def joined(header: Document | None, body: Document, footer: Document | None) -> Document:
    """Return a notebook with a header's cells before its own and a footer's behind them.

    A cell's id is left to whoever writes it where an earlier cell has it.
    """
    seen: set[str] = set()
    cells = []
    for cell in (cell for part in (header, body, footer) if part for cell in part.cells):
        own = str(cell.extras.get("id", ""))
        cells.append(
            replace(cell, extras={k: v for k, v in cell.extras.items() if k != "id"}) if own in seen else cell
        )
        seen |= {own} - {""}
    return replace(body, cells=tuple(cells))


def whole(document: Document, marks: Delimiters) -> tuple[Document, tuple[str, ...]]:
    """Return a notebook with complete metadata and tito's markers, and notes on what had to be mended.

    Raises CourseError for regions that nbgrader would refuse as well: nested ones and those without an end.
    """
    cells, notes, problems = [], [], []
    taken: set[str] = set()
    for number, cell in enumerate(document.cells, 1):
        entry, mended = _entry(cell, number, taken)
        taken |= {entry["grade_id"]} if entry else set()
        notes += ["{}:{}: {}".format(*document.place(cell), note) for note in mended]
        try:
            cells.append(_whole(cell, entry, marks))
        except ValueError as fault:
            line, what = fault.args
            problems.append(Problem(what, "Mend it in the course.", *document.place(cell, line)))
    if problems:
        raise CourseError(*problems)
    metadata = {key: value for key, value in document.metadata.items() if key != "celltoolbar"}
    return replace(document, cells=tuple(cells), metadata=metadata), tuple(notes)


def _whole(cell: Cell, entry: Mapping[str, Any] | None, marks: Delimiters) -> Cell:
    metadata = {key: value for key, value in cell.metadata.items() if key != "nbgrader"}
    grading, faults = nbgrader.read({"nbgrader": entry}, cell.kind)
    if faults:
        raise ValueError(1, f"cell {nbgrader.named(cell.metadata)}: {'; '.join(faults)}")
    if grading:
        metadata["nbgrader"] = nbgrader.complete(grading, cell.kind)
    source = marked(cell.source, cell.kind, marks)
    return replace(cell, source=source, metadata=metadata, grading=grading, extras=_bare(cell))


def _bare(cell: Cell) -> dict[str, Any]:
    """Return what a notebook says of a cell besides, without what running it left."""
    extras = dict(cell.extras)
    if cell.kind is Kind.CODE:
        extras |= {"outputs": [], "execution_count": None}
    return extras


def _entry(cell: Cell, number: int, taken: set[str]) -> tuple[dict[str, Any] | None, list[str]]:
    """Return a cell's nbgrader metadata as schema 3, None where they mean nothing, and what was mended.

    Source: nbgrader's `nbgraderformat`, which upgrades schemas 0 to 2 and validates 3.
    """
    found = cell.metadata.get("nbgrader")
    if not isinstance(found, Mapping) or not found:
        return None, []
    flags = {flag: _is_true(found.get(flag)) for flag in _FLAGS}
    if not any(flags.values()):
        return None, []
    notes: list[str] = []
    flags |= dict(_mended(cell.kind, flags, notes))
    entry: dict[str, Any] = {**flags, "grade_id": _grade_id(found.get("grade_id"), cell, number, taken, notes)}
    if flags["grade"] or flags["task"]:
        entry["points"] = _points(found.get("points", 0), notes)
    return entry, notes


def _is_true(value: object) -> bool:
    return value.strip().lower() in {"true", "1", "yes"} if isinstance(value, str) else bool(value)


def _mended(kind: Kind, flags: Mapping[str, bool], notes: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield the flags that no cell of this kind can have as they are."""
    if flags["task"]:
        if kind is Kind.CODE:
            notes.append("a task in a code cell became a manual question")
        yield from (("task", kind is not Kind.CODE), ("grade", kind is Kind.CODE), ("solution", kind is Kind.CODE))
    elif kind is not Kind.CODE and flags["grade"] != flags["solution"]:
        notes.append("a text cell is graded by a person and answered by students: it became a manual question")
        yield from (("grade", True), ("solution", True))


def _grade_id(found: object, cell: Cell, number: int, taken: set[str], notes: list[str]) -> str:
    wanted = "" if found is None else str(found)
    name = nbgrader.plain_id(wanted)
    if not name:
        name = f"cell-{hashlib.sha256(f'{number}:{cell.source}'.encode()).hexdigest()[:16]}"
        notes.append(f"this cell had no grade_id and is called {name}")
    elif name != wanted:
        notes.append(f"grade_id {wanted[:80]!r} became {name}")
    same, count = name, 2
    while name in taken:
        name, count = f"{same[: _LONGEST_ID - 8]}-{count}", count + 1
    if name != same:
        notes.append(f"grade_id {same} was used before, so this cell is called {name}")
    return name


def _points(value: object, notes: list[str]) -> int | float:
    try:
        points = Decimal(str(value).strip() or "0")
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite() or points < 0:
        notes.append(f"its points {str(value)[:40]!r} count as 0, as nbgrader has it")
        points = Decimal(0)
    if points != round(points, 3):
        notes.append(f"its points {points} are rounded to three decimals")
        points = round(points, 3)
    return int(points) if points == points.to_integral_value() else float(points)


def marked(source: str, kind: Kind, marks: Delimiters) -> str:
    """Return a cell's source whose regions are marked as tito marks them.

    nbgrader takes the whole line in which a delimiter stands, so that code beside one belongs to the region. Raises
    ValueError with (line, what) for regions without an end, and for nested ones.
    """
    lines: list[str] = []
    opened: tuple[Marked, int] | None = None
    for number, line in enumerate(source.split("\n"), 1):
        word, region = _delimiter(line, marks, opened[0] if opened else None)
        if region is None:
            lines.append(line)
        elif word == "BEGIN":
            if opened:
                raise ValueError(number, f"{region} begins inside the {opened[0]} of line {opened[1]}")
            opened = (region, number)
            lines += _line(line, marks.of[region][0], f"BEGIN {region}", kind)
        elif opened:
            opened = None
            lines += reversed(_line(line, marks.of[region][1], f"END {region}", kind))
        # An end without a beginning is a line that nbgrader drops.
    if opened:
        raise ValueError(opened[1], f"{opened[0]} begins and has no end")
    return "\n".join(lines)


def _delimiter(line: str, marks: Delimiters, inside: Marked | None) -> tuple[str, Marked | None]:
    for region, (begin, end) in marks.of.items():
        if begin and begin in line:
            return "BEGIN", region
        if end and end in line and (inside is region or inside is None):
            return "END", region
    return "", None


def _line(line: str, delimiter: str, marker: str, kind: Kind) -> list[str]:
    """Return the marker's line and, where code stands before the delimiter, that code's."""
    indent = line[: len(line) - len(line.lstrip())]
    before, _, _ = line.partition(delimiter)
    code = before.partition("#")[0].rstrip() if kind is Kind.CODE else ""
    written = f"{indent}### {marker}"
    return [written, code] if code.strip() else [written]
