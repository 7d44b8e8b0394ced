"""An instructor's sources as documents, and a document as what judges run."""

from itertools import zip_longest
from pathlib import Path

from tito.errors import CourseError, Problem
from tito.judging.plan import Work
from tito.model.course import Course, Module
from tito.model.document import Cell, Document, Kind, Role
from tito.model.submission import Code, Place
from tito.source import parse
from tito.source.magics import without_magics
from tito.workflows.course.opening import read_text, shown, source_of


def parse_source(course: Course, module: Module) -> Document:
    """Read a module's instructor source. Raises CourseError where another file would be the same module."""
    path = source_of(module)
    document = _parsed(course, path)
    for twin in module.twins:
        if place := difference(document, _parsed(course, twin)):
            what = f"{shown(course, twin)} would be module {module.id} as well, and differs here"
            raise CourseError(Problem(what, "Sync the pair, or move one of them away.", *place))
    return document


def difference(one: Document, other: Document) -> tuple[str, int] | None:
    """Return the place of the first cell in which two documents differ, None where they say the same."""
    for mine, theirs in zip_longest(one.cells, other.cells):
        if mine is None:
            return one.path, 1
        if theirs is None or _said(mine) != _said(theirs):
            return one.place(mine)
    return None


def _parsed(course: Course, path: Path) -> Document:
    return parse(read_text(path, "Save it as UTF-8."), shown(course, path))


def _said(cell: Cell) -> tuple[object, ...]:
    return cell.kind, cell.source.strip(), cell.grading


def work_of(document: Document, name: str = "") -> Work:
    """Return a document as a work: every code cell but the tests, and the places of those that have a grade_id."""
    code: list[Code] = []
    places: dict[str, int] = {}
    for cell in document.cells:
        if _runs(cell):
            code.append(Code(*document.place(cell), without_magics(cell.source)[0], main=document.has_cells))
        if cell.grade_id:
            places.setdefault(cell.grade_id, len(code))
    found = tuple(Place(grade_id, after) for grade_id, after in places.items())
    return Work(name, code=tuple(code), places=found)


def _runs(cell: Cell) -> bool:
    return cell.kind is Kind.CODE and cell.role is not Role.TEST
