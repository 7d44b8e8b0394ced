"""Read a source into a Document, and tell all its problems at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tito.errors import CourseError, Problem, UnreadableError
from tito.model.document import Document, Format, Grading
from tito.source import nbgrader
from tito.source.notebook import read_notebook
from tito.source.percent import read_percent
from tito.source.plain import MAX_CELLS
from tito.source.text import decode


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
    # A course that came from nbgrader may have ids of any text, which submissions still carry.
    own = [nbgrader.with_plain_id(cell.metadata) if lenient else cell.metadata for cell in document.cells]
    read = [nbgrader.read(metadata, cell.kind) for metadata, cell in zip(own, document.cells, strict=True)]
    if not lenient and (problems := tuple(_problems(document, read))):
        raise CourseError(*problems)
    cells = (replace(cell, grading=found) for cell, (found, _) in zip(document.cells, read, strict=True))
    return replace(document, cells=tuple(cells))


def _problems(document: Document, read: Sequence[tuple[Grading | None, tuple[str, ...]]]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, int]] = {}
    for cell, (grading, faults) in zip(document.cells, read, strict=True):
        place = document.place(cell)
        for fault in faults:
            yield Problem(
                f"cell {nbgrader.named(cell.metadata)}: {fault}",
                'Write its metadata as nbgrader does, such as {"grade": true, "grade_id": "test-a", "points": 1}.',
                *place,
            )
        if grading and grading.grade_id in seen:
            first = ":".join(map(str, seen[grading.grade_id]))
            what = f"grade_id {grading.grade_id} is used again; it is used first at {first}"
            yield Problem(what, "Give each cell its own.", *place)
        if grading:
            seen.setdefault(grading.grade_id, place)
