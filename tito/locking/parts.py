"""A document's code cells as the grader sees them: who wrote each, and its statements."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from enum import StrEnum

from tito.locking.origins import PYPLOT, libraries
from tito.locking.statements import Split, Statement, split
from tito.locking.test_cells import Around, Arranged, arrange, fixtures_of
from tito.model.course import Unmarked
from tito.model.document import Cell, Document, Kind, Role
from tito.records import dataclass
from tito.source.written import is_students


class Writer(StrEnum):
    """Who wrote a cell, and for whom."""

    GIVEN = "given"
    SOLUTION = "solution"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Part:
    """A code cell. `label` is its grade_id or "cell N"; `arranged` says what becomes of a test cell's statements.

    `shown` are the names that students see it bind or change in place.
    """

    cell: Cell
    label: str
    path: str
    first_line: int
    writer: Writer
    statements: tuple[Statement, ...]
    arranged: Arranged = field(default_factory=Arranged)
    shown: frozenset[str] = frozenset()

    def place(self, line: int) -> str:
        """Return `path:line` of a line of the cell."""
        return f"{self.path}:{self.first_line + line - 1}"


def parts(
    document: Document, *, public: bool = False, unmarked: Unmarked = ""
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return a document's code cells, without hidden lines if `public`, and a note for each magic that is left out.

    Raises CourseError for a cell that is not Python.
    """
    found: list[tuple[int, Cell, Split]] = []
    for number, cell in enumerate(document.cells, 1):
        if cell.kind is Kind.CODE:
            found.append((number, cell, split(document, cell, public=public)))
    made = [_part(document, number, cell, own.statements, unmarked) for number, cell, own in found]
    around = _Around(made)
    tested = [around.arranged(document, part) if part.writer is Writer.TEST else part for part in made]
    notes = tuple(
        f"{part.place(line)}: `{magic}` is left out"
        for part, (_, _, own) in zip(tested, found, strict=True)
        for line, magic in own.left_out
        if part.writer is not Writer.SOLUTION
    )
    return tuple(tested), notes


def _writer(cell: Cell, unmarked: Unmarked) -> Writer:
    if cell.role is Role.TEST:
        return Writer.TEST
    return Writer.SOLUTION if is_students(cell, unmarked) else Writer.GIVEN


def _part(document: Document, number: int, cell: Cell, statements: tuple[Statement, ...], unmarked: Unmarked) -> Part:
    path, line = document.place(cell)
    return Part(cell, cell.grade_id or f"cell {number}", path, line, _writer(cell, unmarked), statements)


def _shown(document: Document, cell: Cell) -> frozenset[str]:
    uses = [each.effects for each in split(document, cell, public=True).statements]
    return frozenset[str]().union(*(use.now.binds | use.now.changes | use.later.binds for use in uses))


class _Around:
    """What the cells of a document are to each other: their fixtures and imports, and who reads what."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = list(parts)
        every = [each for part in self._parts for each in part.statements]
        self._fixtures = fixtures_of(
            each for part in self._parts if part.writer is not Writer.SOLUTION for each in part.statements
        )
        self._imported = _imported(every)
        self._drawn = frozenset(name for each in every for name in _drawing(each))
        self._readers = Counter(name for part in self._parts for name in _reads(part))

    def arranged(self, document: Document, part: Part) -> Part:
        """Return a test cell with what becomes of its statements."""
        own = _reads(part)
        wanted = frozenset(name for name, count in self._readers.items() if count > (name in own))
        around = Around(self._fixtures, self._imported, wanted, self._drawn)
        return replace(part, arranged=arrange(part.statements, around), shown=_shown(document, part.cell))


def _reads(part: Part) -> frozenset[str]:
    return frozenset[str]().union(*(each.effects.reads for each in part.statements))


def _drawing(statement: Statement) -> Iterator[str]:
    """Yield the names by which a statement imports pyplot."""
    if isinstance(statement.node, ast.Import | ast.ImportFrom):
        yield from (name for name, library in libraries(statement.node) if library in PYPLOT)


def _imported(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the names that imports alone bind."""
    imports: set[str] = set()
    others: set[str] = set()
    for each in statements:
        (imports if each.is_import else others).update(each.effects.now.binds | each.effects.later.binds)
    return frozenset(imports - others)
