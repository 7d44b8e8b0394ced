"""A student's document and a newer stub become one: the instructor's new text and tests, the student's own cells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from difflib import SequenceMatcher
from typing import Final

from tito.model.document import Cell, Document, Role
from tito.records import dataclass

_THEIRS: Final = (Role.SOLUTION, Role.MANUAL)
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined document, the grade_ids of cells with the student's own work in it, and what there is to say."""

    document: Document
    kept: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Own:
    """What is a student's: cells by grade_id, given ones by what they were, and others behind what they follow."""

    solved: dict[str, Cell] = field(default_factory=dict)
    edited: dict[Key, Cell] = field(default_factory=dict)
    added: dict[Key, list[Cell]] = field(default_factory=dict)


def merge(mine: Document, old: Document, new: Document) -> Merged:
    """Return the `new` stub with all that a student has written into the `old` one, which became `mine`.

    Solution and manual cells that differ from the old stub's stay the student's, and so do cells that were added, and
    given ones without a grade_id that were edited. All else is the new stub's.
    """
    own = _own(mine, old)
    anchors = _anchors(old, new)
    behind: dict[Key, list[Cell]] = {}
    for key, cells in own.added.items():
        behind.setdefault(anchors.get(key, key), []).extend(cells)
    cells = [*behind.pop((), []), *_joined(new, own, behind)]
    gone = [name for name in own.solved if name not in {cell.grade_id for cell in new.cells}]
    cells += [_ordinary(own.solved[name]) for name in gone]
    kept = tuple(cell.grade_id for cell in new.cells if cell.grade_id in own.solved)
    notes = [f"cell {name} is no part of the lesson any more: what you wrote stands at the end" for name in gone]
    notes += _changed_below(own, old, new)
    return Merged(replace(mine, cells=tuple(cells)), kept, tuple(notes))


def _own(mine: Document, old: Document) -> _Own:
    """Tell what of a student's document is not the old stub's."""
    own = _Own()
    stubs = {cell.grade_id: cell.source.strip() for cell in old.cells if cell.role in _THEIRS}
    for cell in mine.cells:
        if cell.grade_id in stubs and cell.source.strip() != stubs[cell.grade_id]:
            # Of one that is there twice, the last one counts.
            own.solved[cell.grade_id] = cell
    before, after = _keys(old), _keys(mine)
    for what, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what not in {"insert", "replace"}:
            continue
        there = zip(mine.cells[begin:end], after[begin:end], strict=True)
        added = [cell for cell, key in there if not cell.grade_id or key not in before]
        if what == "replace" and [cell.kind for cell in old.cells[first:last]] == [cell.kind for cell in added]:
            own.edited |= dict(zip(before[first:last], added, strict=True))
        else:
            own.added.setdefault(before[first - 1] if first else (), []).extend(added)
    return own


def _joined(new: Document, own: _Own, behind: Mapping[Key, Sequence[Cell]]) -> Iterator[Cell]:
    for cell, key in zip(new.cells, _keys(new), strict=True):
        mine = own.solved.get(cell.grade_id) if cell.role in _THEIRS else own.edited.get(key)
        # Its metadata are the new stub's, for points and the like may have changed.
        yield cell if mine is None else replace(cell, source=mine.source, extras={**cell.extras, **mine.extras})
        yield from behind.get(key, ())


def _anchors(old: Document, new: Document) -> dict[Key, Key]:
    """Return, for each of the old stub's cells, the new one that it became, or the nearest one up; () for none."""
    before, after = _keys(old), _keys(new)
    became = {key: key for key in before if key in after}
    for what, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "replace":
            pairs = zip(before[first:last], after[begin:end], strict=False)
            became |= {one: other for one, other in pairs if one[0] == other[0]}
    anchors, nearest = dict[Key, Key](), Key()
    for key in before:
        nearest = became.get(key, nearest)
        anchors[key] = nearest
    return anchors


def _changed_below(own: _Own, old: Document, new: Document) -> Iterator[str]:
    before = {cell.grade_id: cell.source.strip() for cell in old.cells if cell.grade_id}
    for cell in new.cells:
        if cell.grade_id in own.solved and cell.source.strip() != before.get(cell.grade_id):
            yield f"cell {cell.grade_id} has a new stub; what you wrote was kept"


def _ordinary(cell: Cell) -> Cell:
    metadata = {name: value for name, value in cell.metadata.items() if name != "nbgrader"}
    return replace(cell, grading=None, metadata=metadata)


def _keys(document: Document) -> list[Key]:
    """Return what tells each cell from the others: its grade_id, or its text and how manieth it is of that text."""
    counts, found = Counter[Key](), list[Key]()
    for cell in document.cells:
        alike = (str(cell.kind), cell.source.strip())
        counts[alike] += 1
        found.append(("cell", cell.grade_id) if cell.grade_id else (*alike, str(counts[alike])))
    return found
