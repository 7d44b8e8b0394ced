"""An instructor's document → the students': no solution, hidden test, mark scheme or output; graded cells locked."""

from dataclasses import replace
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document, Kind, Role
from tito.release.stubs import ANSWER, TEXT, stub
from tito.source import nbgrader
from tito.source.hidden import visible
from tito.source.markers import Marked, check_markers, regions

_LOCKED: Final = (Role.TEST, Role.READ_ONLY, Role.TASK)


def release(document: Document, *, strict_nbgrader: bool = False) -> tuple[Document, tuple[str, ...]]:
    """Return the students' document and warnings for its author; releasing it again changes nothing.

    A solution cell without markers is kept with a warning, or emptied where `strict_nbgrader`, as nbgrader does.
    Raises CourseError, with every problem, for markers that are wrong and for regions that no stub can replace.
    """
    check_markers(document)
    cells, problems, warnings = [], [], []
    for cell in document.cells:
        try:
            source = _source(cell, strict_nbgrader=strict_nbgrader)
        except ValueError as fault:
            what, line = fault.args
            fix = "Mark the bodies of functions, in cells that students write."
            problems.append(Problem(f"cell {cell.grade_id}: {what}", fix, *document.place(cell, line)))
            continue
        if cell.role is Role.SOLUTION and not _has_solution(cell) and source == cell.source and not _is_stub(source):
            path, line = document.place(cell)
            warnings.append(f"{path}:{line}: solution cell {cell.grade_id} has no markers and is released as it is")
        cells.append(_closed(replace(cell, source=source)))
    if problems:
        raise CourseError(*problems)
    return replace(document, cells=tuple(cells)), tuple(warnings)


def _source(cell: Cell, *, strict_nbgrader: bool) -> str:
    if cell.kind is not Kind.CODE:
        return _prose(cell)
    source = visible(cell.source)
    found = [each for each in regions(source) if each.kind is Marked.SOLUTION]
    if found and cell.role in _LOCKED:
        raise ValueError(f"a {cell.role} cell is locked, so no student could write its solution", found[0].first)
    if not found and cell.role in {Role.SOLUTION, Role.MANUAL} and strict_nbgrader:
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


def _has_solution(cell: Cell) -> bool:
    return any(each.kind is Marked.SOLUTION for each in regions(cell.source, cell.kind))


def _is_stub(source: str) -> bool:
    return "# YOUR CODE HERE" in source
