"""An instructor's document → the students': no solution, hidden test, mark scheme or output; graded cells locked."""

from dataclasses import replace
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.course import Unmarked
from tito.model.document import Cell, Document, Kind, Role
from tito.release.stubs import ANSWER, TEXT, stub
from tito.source import nbgrader
from tito.source.hidden import visible
from tito.source.markers import Marked, check_markers, regions
from tito.source.written import is_emptied, is_unmarked

_LOCKED: Final = (Role.TEST, Role.READ_ONLY, Role.TASK)


def release(document: Document, unmarked: Unmarked = "") -> tuple[Document, tuple[str, ...]]:
    """Return the students' document and warnings for its author; releasing it again changes nothing.

    A solution cell without markers is emptied, as nbgrader does, unless it only sets up; `unmarked` says otherwise.
    Raises CourseError, with every problem, for markers that are wrong and for regions that no stub can replace.
    """
    check_markers(document)
    cells, problems = [], []
    for cell in document.cells:
        try:
            source = _source(cell, unmarked)
        except ValueError as fault:
            what, line = fault.args
            fix = "Mark the bodies of functions, in cells that students write."
            problems.append(Problem(f"cell {cell.grade_id}: {what}", fix, *document.place(cell, line)))
            continue
        cells.append(_closed(replace(cell, source=source)))
    if problems:
        raise CourseError(*problems)
    return replace(document, cells=tuple(cells)), unmarked_cells(document, unmarked)


def solved(document: Document) -> Document:
    """Return the edition for afterwards: solutions without markers, no hidden tests, mark schemes or outputs."""
    check_markers(document)
    return replace(document, cells=tuple(_closed(replace(cell, source=_solved(cell))) for cell in document.cells))


def fixed(document: Document) -> Document:
    """Return a notebook in which Jupyter lets nobody edit a locked cell, or delete one that nbgrader knows."""
    cells = (replace(cell, metadata={**cell.metadata, **_fixed(cell)}) for cell in document.cells)
    return replace(document, cells=tuple(cells))


def unmarked_cells(document: Document, unmarked: Unmarked = "") -> tuple[str, ...]:
    """Name each solution cell without markers, and what a release makes of it."""
    return tuple(
        "{}:{}: solution cell {} has no markers and is {}".format(
            *document.place(cell), cell.grade_id, "emptied" if is_emptied(cell, unmarked) else "released as it is"
        )
        for cell in document.cells
        if is_unmarked(cell)
    )


def _solved(cell: Cell) -> str:
    source = visible(cell.source, cell.kind)
    marks = {line for region in regions(source, cell.kind) for line in (region.first, region.last)}
    return "\n".join(line for number, line in enumerate(source.split("\n"), 1) if number not in marks)


def _source(cell: Cell, unmarked: Unmarked) -> str:
    if cell.kind is not Kind.CODE:
        return _prose(cell)
    source = visible(cell.source)
    found = [each for each in regions(source) if each.kind is Marked.SOLUTION]
    if found and cell.role in _LOCKED:
        raise ValueError(f"a {cell.role} cell is locked, so no student could write its solution", found[0].first)
    if is_emptied(cell, unmarked):
        return TEXT
    lines: list[str | None] = list(source.split("\n"))
    for region in found:
        lines[region.first - 1 : region.last] = [None] * (region.last - region.first + 1)
        try:
            lines[region.first - 1] = stub(source, region)
        except ValueError as fault:
            raise ValueError(str(fault), region.first) from None
    return "\n".join(line for line in lines if line is not None)


def _prose(cell: Cell) -> str:
    lines: list[str | None] = list(cell.source.split("\n"))
    found = regions(cell.source, cell.kind)
    for region in found:
        lines[region.first - 1 : region.last] = [None] * (region.last - region.first + 1)
        if region.kind is Marked.SOLUTION:
            lines[region.first - 1] = ANSWER
    kept = "\n".join(line for line in lines if line is not None)
    solved = any(region.kind is Marked.SOLUTION for region in found)
    return ANSWER if cell.role is Role.MANUAL and not solved else kept


def _fixed(cell: Cell) -> dict[str, bool]:
    if cell.role in _LOCKED:
        return {"deletable": False, "editable": False}
    return {"deletable": False} if cell.grading else {}


def _closed(cell: Cell) -> Cell:
    extras = dict(cell.extras)
    if cell.kind is Kind.CODE and extras:
        extras.update(outputs=[], execution_count=None)
    if cell.grading is None:
        return replace(cell, extras=extras)
    grading = replace(cell.grading, locked=cell.role in _LOCKED)
    entry = dict(nbgrader.complete(grading, cell.kind, cell.metadata.get("nbgrader")))
    # It was taken of the instructor's cell; nbgrader would tell students that theirs has changed.
    entry.pop("checksum", None)
    metadata = {**cell.metadata, "nbgrader": entry}
    return replace(cell, extras=extras, metadata=metadata, grading=grading)
