"""What a student changed of the cells that the course marks: edited, missing, renamed, repeated or added ones."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tito.locking.lock_file import digest
from tito.model.document import Cell, Document, Role
from tito.model.grader import Grader, LockedCell


def changes(document: Document, grader: Grader) -> tuple[str, ...]:
    """Return a note for each change, in the grader's order of cells, then those that are the student's own."""
    if not document.has_cells:
        return ("no cell markers: run as one cell",)
    cells: dict[str, list[Cell]] = {}
    for cell in document.cells:
        if cell.grading:
            cells.setdefault(cell.grade_id, []).append(cell)
    known = {cell.grade_id for cell in grader.cells} | set(grader.solutions)
    strange = {name: each[0] for name, each in cells.items() if name not in known}
    renamed = {digest(cell.source): name for name, cell in strange.items()}
    return (
        *(note for each in grader.cells for note in _locked(each, cells.get(each.grade_id, ()), renamed)),
        *(note for name in grader.solutions for note in _solution(name, len(cells.get(name, ())), strange)),
        *(
            f"graded cell {name} is not the course's and was left out"
            for name, cell in strange.items()
            if cell.role is Role.TEST
        ),
    )


def _locked(locked: LockedCell, copies: Sequence[Cell], renamed: Mapping[str, str]) -> Iterator[str]:
    what = f"locked cell {locked.grade_id}"
    if not copies:
        new = renamed.get(locked.digest)
        yield f"{what} is {f'renamed {new}' if new else 'missing'}; the original was used"
        return
    if len(copies) > 1:
        yield f"{what} is there {len(copies)} times; the original was used once"
    if any(digest(cell.source) != locked.digest for cell in copies):
        yield f"{what} was edited; the original was used"
    points = {cell.grading.points for cell in copies if cell.grading} - {locked.points}
    if locked.points is not None and points:
        changed = ", ".join(sorted(map(_shown, points))[:3])
        yield f"{what} says {changed} points, not {locked.points}; the rubric's were used"


def _solution(name: str, count: int, strange: Mapping[str, Cell]) -> Iterator[str]:
    if count > 1:
        yield f"cell {name} is there {count} times; the last one counts"
    if count == 0:
        others = [each for each, cell in strange.items() if cell.role is Role.SOLUTION][:3]
        renamed = f"; it may be {' or '.join(others)}, which is not the course's and was run" if others else ""
        yield f"cell {name} is missing{renamed}"


def _shown(points: Decimal | None) -> str:
    return "no" if points is None else f"{points:.6g}"
