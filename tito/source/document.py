"""Read a source into a Document, and tell all its problems at once."""

from dataclasses import replace
from typing import Final

from tito.errors import CourseError, Problem, UnreadableError
from tito.model.document import Cell, Document, Format
from tito.source import nbgrader
from tito.source.notebook import read_notebook
from tito.source.percent import read_percent
from tito.source.text import decode

MAX_CELLS: Final = 2_000


def parse(content: str | bytes, path: str, *, lenient: bool = False) -> Document:
    """Return the Document that a percent script or notebook holds; `path`'s ending says which.

    Raises UnreadableError for what cannot be read at all and CourseError for nbgrader metadata that is wrong,
    with every problem; where `lenient`, a cell with such metadata is an ordinary one.
    """
    text = decode(content, path)
    if path.lower().endswith(f".{Format.NOTEBOOK}"):
        metadata, extras, cells = read_notebook(text, path)
        document = Document(path, Format.NOTEBOOK, cells, metadata, extras)
    else:
        metadata, cells, has_cells = read_percent(text)
        document = Document(path, Format.PERCENT, cells, metadata, has_cells=has_cells)
    if len(document.cells) > MAX_CELLS:
        raise UnreadableError(Problem(f"it has more than {MAX_CELLS:,} cells", "Hand in the module alone.", path))
    return _graded(document, lenient=lenient)


def _graded(document: Document, *, lenient: bool) -> Document:
    cells, problems, seen = [], [], dict[str, tuple[str, int]]()
    for cell in document.cells:
        grading, faults = nbgrader.read(cell.metadata, cell.kind)
        place = document.place(cell)
        name = _named(cell)
        problems += [Problem(f"cell {name}: {fault}", "Mend its metadata.", *place) for fault in faults]
        if grading and grading.grade_id in seen:
            first = ":".join(map(str, seen[grading.grade_id]))
            what = f"grade_id {grading.grade_id} is used again; it is used first at {first}"
            problems.append(Problem(what, "Give each cell its own.", *place))
        if grading:
            seen.setdefault(grading.grade_id, place)
        cells.append(replace(cell, grading=grading))
    if problems and not lenient:
        raise CourseError(*problems)
    return replace(document, cells=tuple(cells))


def _named(cell: Cell) -> str:
    entry = cell.metadata.get("nbgrader")
    return str(entry.get("grade_id", "(without a grade_id)")) if isinstance(entry, dict) else "(without a grade_id)"
