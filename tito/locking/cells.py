"""The locked cells of a document: what a submission's own copies are compared with."""

from tito.locking.lock_file import digest
from tito.model.document import Cell, Document, Kind, Role
from tito.model.grader import LockedCell
from tito.source.hidden import visible

_LOCKED = (Role.TEST, Role.READ_ONLY, Role.TASK)


def locked_cells(document: Document) -> tuple[LockedCell, ...]:
    """Return the cells that students may not change, in order."""
    return tuple(_locked(cell) for cell in document.cells if cell.role in _LOCKED)


def solution_ids(document: Document) -> tuple[str, ...]:
    """Return the grade_ids of the cells that students fill in, in order."""
    return tuple(cell.grade_id for cell in document.cells if cell.role in {Role.SOLUTION, Role.MANUAL})


def _locked(cell: Cell) -> LockedCell:
    shown = visible(cell.source, cell.kind)
    points = cell.grading.points if cell.grading else None
    source = shown if cell.role is Role.READ_ONLY and cell.kind is Kind.CODE else ""
    return LockedCell(cell.grade_id, cell.role, digest(shown), points, source)
