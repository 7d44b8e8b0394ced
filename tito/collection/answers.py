"""What a submission holds for a person to grade: answers to manual cells and tasks, and work for other criteria."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tito.locking.lock_file import digest
from tito.locking.manual import bare
from tito.model.document import Cell, Document, Kind, Role
from tito.model.grader import Grader, LockedManual
from tito.model.submission import Answer, Shows

_LONGEST = 64_000
_WHOLE = ""


def answers(document: Document, grader: Grader) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """Return the answers to a grader's manual criteria, and the ids of those to which there is none.

    An answer is blank where its cell is as it was handed out, or gone. The answer to a task is what the student added
    between it and the next marked cell; a task is never blank, for it may be answered elsewhere. All that the student
    wrote is an answer to nothing in particular: a rubric's own manual criteria look at it, and none is known here, so
    that work is not judged again where one is added (`for_rubric`).
    """
    found, blank = [], []
    for manual in grader.manual:
        cells = _cells(document, manual)
        if manual.role is Role.MANUAL and all(bare(cell.source) in manual.blank for cell in cells):
            blank.append(manual.grade_id)
        found.append(_answer(document, manual.grade_id, cells))
    found.append(_answer(document, _WHOLE, list(own_cells(document, grader))))
    return tuple(found), tuple(blank)


def shows(document: Document, grader: Grader) -> tuple[Shows, ...]:
    """Return which code cells a person is to see at work with each answer: its own, or the last one before it."""
    found = [(manual.grade_id, _cells(document, manual)) for manual in grader.manual]
    found.append((_WHOLE, list(own_cells(document, grader))))
    return tuple(
        Shows(criterion, path.rpartition("/")[2], line)
        for criterion, cells in found
        for path, line in map(document.place, _coded(document, cells))
    )


def _coded(document: Document, cells: Sequence[Cell]) -> list[Cell]:
    code = [cell for cell in cells if cell.kind is Kind.CODE]
    if code or not cells:
        return code
    # Two cells may be equal, so it is this one that counts.
    place = next(number for number, cell in enumerate(document.cells) if cell is cells[0])
    return [cell for cell in document.cells[:place] if cell.kind is Kind.CODE and cell.role is not Role.TEST][-1:]


def for_rubric(given: Sequence[Answer], own: Iterable[str]) -> tuple[Answer, ...]:
    """Return what was answered, with all that the student wrote as the answer to each of a rubric's own criteria."""
    whole = [each for each in given if each.criterion == _WHOLE]
    named = (replace(each, criterion=name) for name in own for each in whole)
    return (*(each for each in given if each.criterion != _WHOLE), *named)


def _cells(document: Document, manual: LockedManual) -> Sequence[Cell]:
    places = [place for place, cell in enumerate(document.cells) if cell.grade_id == manual.grade_id]
    if not places:
        return []
    if manual.role is Role.MANUAL:
        return [document.cells[places[-1]]]
    return list(_added(document.cells[places[-1] + 1 :], manual))


def _added(cells: Iterable[Cell], manual: LockedManual) -> Iterator[Cell]:
    for cell in cells:
        if cell.grading:
            return
        if bare(cell.source) not in manual.blank and cell.source.strip():
            yield cell


def own_cells(document: Document, grader: Grader) -> Iterator[Cell]:
    """Yield the code that is the student's: the cells that the course left to fill in, or those without a mark."""
    for cell in document.cells:
        wanted = cell.grade_id in grader.solutions if cell.grading else not grader.solutions or not document.has_cells
        if cell.kind is Kind.CODE and wanted:
            yield cell


def _answer(document: Document, criterion: str, cells: Sequence[Cell]) -> Answer:
    text = "\n\n".join(cell.source.strip("\n") for cell in cells)
    line = document.place(cells[0])[1] if cells else 1
    return Answer(criterion, text[:_LONGEST], digest(text), line)
