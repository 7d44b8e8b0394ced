"""A submission's document against its grader: the code to run, and what was found changed."""

from collections.abc import Iterator, Sequence
from typing import Final

from tito.collection.changes import changes
from tito.model.document import Document, Format, Kind, Role
from tito.model.grader import Grader
from tito.model.submission import Code, Place
from tito.source.magics import without_magics

_NOTES: Final = 10
_LONGEST: Final = 80


def prepare(document: Document, grader: Grader) -> tuple[tuple[Code, ...], tuple[Place, ...], tuple[str, ...]]:
    """Return what the subject is to run of a submission, the places in it, and notes on what the student changed.

    Locked cells are the grader's: a test cell of the student's never runs, and a read-only cell runs as it was
    handed out, wherever the student's copy stands, or first where it is gone. A script without cells runs whole. Of a
    cell that is there twice, the first one has the place.
    """
    code: list[Code] = []
    places: dict[str, int] = {}
    magics: list[str] = []
    locked = {cell.grade_id: cell for cell in grader.cells} if document.has_cells else {}
    seen: set[str] = set()
    for place, cell in enumerate(document.cells):
        original = locked.get(cell.grade_id)
        if cell.kind is not Kind.CODE or (cell.grade_id in seen and original):
            continue
        seen.add(cell.grade_id)
        if original is None and (cell.role is not Role.TEST or not document.has_cells):
            source, left_out = without_magics(cell.source)
            code.append(_code(document, place, source))
            magics += left_out
        elif original and original.source:
            code.append(_code(document, place, without_magics(original.source)[0]))
        if cell.grade_id:
            places.setdefault(cell.grade_id, len(code))
    gone = [
        Code(f"{name} (locked)", 1, without_magics(each.source)[0], main=True)
        for name, each in locked.items()
        if each.source
    ]
    gone = [each for each in gone if each.label.removesuffix(" (locked)") not in seen]
    found = tuple(Place(name, after + len(gone)) for name, after in places.items())
    return (*gone, *code), found, (*_few(changes(document, grader)), *_few([_left_out(line) for line in magics]))


def _code(document: Document, place: int, source: str) -> Code:
    label = document.path.rpartition("/")[2]
    if document.format is Format.PERCENT:
        return Code(label, document.cells[place].line, source, main=document.has_cells)
    return Code(f"{label}[cell {place + 1}]", 1, source, main=True)


def _left_out(line: str) -> str:
    return f"`{line[:_LONGEST]}{'…' if len(line) > _LONGEST else ''}` was left out"


def _few(notes: Sequence[str]) -> Iterator[str]:
    """Yield the notes that a person reads: of many alike, the first ones and how many more there are."""
    yield from notes[:_NOTES]
    if len(notes) > _NOTES:
        yield f"and {len(notes) - _NOTES} more notes of this kind"
