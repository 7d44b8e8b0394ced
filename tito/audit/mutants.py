"""A document's mutants: every mistake in every solution, each once, in the order of the text."""

import ast
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import libcst as cst

from tito.audit import calls, expressions, statements
from tito.audit.diff import unified
from tito.audit.view import Edit, View
from tito.audit.words import Mutant, Mutator
from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document, Kind, Role
from tito.source.markers import Marked, regions
from tito.source.syntax import fault, parsed

_MUTATORS: Final[tuple[Callable[[cst.CSTNode, View], Iterator[Edit]], ...]] = (
    calls.functions,
    calls.axes,
    calls.dtypes,
    calls.bounds,
    calls.copies,
    calls.swapped_arguments,
    expressions.operators,
    expressions.comparisons,
    expressions.constants,
    expressions.dropped_terms,
    expressions.swaps,
    statements.returns,
    statements.shapes,
    statements.in_place,
    statements.steps,
)
_ORDER: Final = list(Mutator)
_LONGEST: Final = 60
_WHOLES: Final = (cst.BaseExpression, cst.BaseSmallStatement, cst.BaseStatement)
_LEAVES: Final = (cst.Name, cst.Integer, cst.Float, cst.SimpleString)


def mutants(document: Document) -> tuple[Mutant, ...]:
    """Return every mutant of a document's solution regions, and of the `__call__` methods beside them.

    The same source gives the same mutants, with the same ids. Raises CourseError where a cell is not Python.
    """
    numpy = _numpy(document)
    found = [each for place, cell in enumerate(document.cells) for each in _of_cell(document, place, cell, numpy)]
    return tuple(found)


def known(document: Document, grade_id: str, old: str, new: str) -> Mutant:
    """Return the mutant that has `new` in the place of `old` in the solution of cell `grade_id`.

    Raises ValueError, with what is wrong, where there is no such cell, or `old` is not there exactly once.
    """
    cells = [(place, cell) for place, cell in enumerate(document.cells) if cell.grade_id == grade_id]
    if not cells or not _solved(cells[0][1]):
        raise ValueError(f"there is no solution cell {grade_id}")
    place, cell = cells[0]
    at = [start for start in _starts(cell.source, old) if _inside(cell.source, start, start + len(old))]
    if len(at) != 1:
        raise ValueError(f"{old!r} is there {len(at)} times in the solution of cell {grade_id}, not once")
    source = cell.source[: at[0]] + new + cell.source[at[0] + len(old) :]
    if not parsed(source):
        raise ValueError(f"with {new!r} for {old!r}, cell {grade_id} is not Python")
    path, line = document.place(cell, cell.source[: at[0]].count("\n") + 1)
    name, what = _id(cell, Mutator.MISTAKE, old, new), f"`{_short(old)}` → `{_short(new)}`"
    diff = unified(cell.source, source, *document.place(cell))
    return Mutant(name, Mutator.MISTAKE, grade_id, path, line, what, diff, place, source)


def _starts(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _inside(source: str, start: int, end: int) -> bool:
    first, last = (source.count("\n", 0, at) + 1 for at in (start, end))
    marked = (each for each in regions(source) if each.kind is Marked.SOLUTION)
    return any(each.first < first and last < each.last for each in marked)


def _of_cell(document: Document, place: int, cell: Cell, numpy: str) -> Iterator[Mutant]:
    if not _solved(cell):
        return
    if found := fault(cell.source):
        what = f"cell {cell.grade_id} is not Python: {found.msg}"
        raise CourseError(Problem(what, "Correct this line of the cell.", *document.place(cell, found.lineno or 1)))
    view = View(cell.source, numpy)
    alike: Counter[tuple[str, ...]] = Counter()
    made = []
    for edit, source in _distinct(view):
        at, part, old = view.place(edit.node).start, view.part(edit.node), view.text(edit.node)
        key = (edit.mutator, part, old, edit.text)
        name = _id(cell, edit.mutator, part, old, edit.text, str(alike[key]))
        path, line = document.place(cell, at.line)
        diff = unified(cell.source, source, *document.place(cell))
        mutant = Mutant(name, edit.mutator, part, path, line, _what(view, edit), diff, place, source)
        made.append((at.line, at.column, mutant))
        alike[key] += 1
    yield from (mutant for _, _, mutant in sorted(made, key=lambda each: each[:2]))


def _distinct(view: View) -> Iterator[tuple[Edit, str]]:
    """Yield the edits that change what the cell does, each with the cell after it."""
    seen = {(view.function(node), _dump(view.scope(node, view.source))) for node in view.nodes()}
    for edit in sorted(_edits(view), key=lambda edit: _ORDER.index(edit.mutator)):
        source = view.edited(edit.node, edit.text)
        dump = _dump(view.scope(edit.node, source))
        if dump and (view.function(edit.node), dump) not in seen:
            seen.add((view.function(edit.node), dump))
            yield edit, source


def _edits(view: View) -> Iterator[Edit]:
    for call in view.given_calls():
        yield from statements.given_call(call, view)
    for node in view.nodes():
        for mutator in _MUTATORS:
            yield from mutator(node, view)


def _id(cell: Cell, mutator: Mutator, *parts: str) -> str:
    """Return a name that depends on the edit alone, not on where it stands nor on how it is spaced."""
    key = "\0".join(" ".join(each.split()) for each in parts)
    return f"{cell.grade_id}/{mutator}/{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def _what(view: View, edit: Edit) -> str:
    old = view.text(edit.node)
    if edit.text == "pass":
        return f"without `{_short(old)}`"
    around = view.parent(edit.node) if isinstance(edit.node, _LEAVES) else None
    while around and (not isinstance(around, _WHOLES) or len(view.text(around)) <= len(old) + 2):
        around = view.parent(around)
    within = f" in `{_short(view.text(around))}`" if around else ""
    return f"`{_short(old)}` → `{_short(edit.text)}`{within}"


def _short(text: str) -> str:
    text = "; ".join(line.strip() for line in text.strip().splitlines())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _dump(source: str) -> str:
    tree = parsed(source)
    return ast.dump(tree) if tree else ""


def _solved(cell: Cell) -> bool:
    if cell.kind is not Kind.CODE or cell.role is Role.TEST:
        return False
    return any(each.kind is Marked.SOLUTION for each in regions(cell.source))


def _numpy(document: Document) -> str:
    for cell in document.cells:
        tree = parsed(cell.source) if cell.kind is Kind.CODE else None
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name == "numpy":
                        return alias.asname or alias.name
    return ""
