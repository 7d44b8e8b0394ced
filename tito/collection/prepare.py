"""A submission's document against its grader: the code to run, and what was found changed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tito.collection.magics import without_magics
from tito.locking.lock_file import digest
from tito.model.document import Cell, Document, Format, Kind, Role
from tito.model.grader import Grader, LockedCell
from tito.model.submission import Code


def prepare(document: Document, grader: Grader) -> tuple[tuple[Code, ...], tuple[str, ...]]:
    """Return what the subject is to run of a submission, and notes on what the student changed.

    Locked cells are the grader's: a test cell of the student's never runs, and a read-only cell runs as it was
    handed out, wherever the student's copy stands, or first where it is gone. A script without cells runs whole.
    """
    if not document.has_cells:
        return tuple(_own(document, cell) for cell in document.cells), ("no cell markers: run as one cell",)
    locked = {cell.grade_id: cell for cell in grader.cells}
    code: list[Code] = []
    seen: set[str] = set()
    for cell in document.cells:
        original = locked.get(cell.grade_id)
        if cell.kind is not Kind.CODE or (cell.grade_id in seen and original):
            continue
        seen.add(cell.grade_id)
        if original is None:
            if cell.role is not Role.TEST:
                code.append(_own(document, cell))
        elif original.source:
            code.append(_locked(document, cell, original))
    gone = [Code(f"{each.grade_id} (locked)", 1, each.source) for each in grader.cells if each.source]
    gone = [each for each in gone if each.label.removesuffix(" (locked)") not in seen]
    return (*gone, *code), tuple(_notes(document, grader))


def _own(document: Document, cell: Cell) -> Code:
    path, line = document.place(cell)
    return Code(_label(document, path), line, without_magics(cell.source)[0])


def _locked(document: Document, cell: Cell, original: LockedCell) -> Code:
    path, line = document.place(cell)
    return Code(_label(document, path), line, original.source)


def _label(document: Document, path: str) -> str:
    name = path.rpartition("/")[2]
    return name if document.format is Format.PERCENT or name != path else path


def _notes(document: Document, grader: Grader) -> Iterator[str]:
    for locked in grader.cells:
        copies = [cell for cell in document.cells if cell.grade_id == locked.grade_id]
        yield from _changes(locked, copies)
    for grade_id in grader.solutions:
        count = sum(cell.grade_id == grade_id for cell in document.cells)
        if count != 1:
            yield f"cell {grade_id} is {'missing' if not count else f'there {count} times; the last one counts'}"
    known = {cell.grade_id for cell in grader.cells} | set(grader.solutions)
    for cell in document.cells:
        if cell.role is Role.TEST and cell.grade_id not in known:
            yield f"graded cell {cell.grade_id} is not the course's and was left out"
        if cell.kind is Kind.CODE:
            yield from (f"`{line}` was left out" for line in without_magics(cell.source)[1])


def _changes(locked: LockedCell, copies: Sequence[Cell]) -> Iterator[str]:
    what = f"locked cell {locked.grade_id}"
    if not copies:
        yield f"{what} is missing; the original was used"
        return
    if len(copies) > 1:
        yield f"{what} is there {len(copies)} times; the original was used once"
    if any(digest(cell.source) != locked.digest for cell in copies):
        yield f"{what} was edited; the original was used"
    points = {cell.grading.points for cell in copies if cell.grading}
    if locked.points is not None and points - {locked.points}:
        changed = ", ".join(_shown(each) for each in points - {locked.points})
        yield f"{what} says {changed} points, not {locked.points}; the rubric's were used"


def _shown(points: Decimal | None) -> str:
    return "no" if points is None else str(points)
