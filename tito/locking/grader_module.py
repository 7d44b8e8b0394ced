"""The locked test module: the instructor's tests, with what they need, as one ordinary pytest module."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tito.errors import CourseError, Problem
from tito.locking.statements import Statement, bound_names, statements
from tito.model.document import Cell, Document, Kind, Role
from tito.source.hidden import unmarked, visible
from tito.source.markers import Marked, regions

_NUMERIC = frozenset({"abs", "float", "int", "max", "min", "round", "sum"})


@dataclass(frozen=True, slots=True)
class _Part:
    """A code cell's share of the grader: what it can lend to tests, and its own tests with their mark."""

    lends: tuple[Statement, ...]
    tests: tuple[Statement, ...] = ()
    bare: str = ""
    mark: str = ""

    @property
    def needs(self) -> set[str]:
        """The names that its tests need."""
        bare = {each.id for each in ast.walk(ast.parse(self.bare)) if isinstance(each, ast.Name)}
        return bare.union(*(test.needs for test in self.tests))


def grader_module(document: Document, module: str, target: str, *, public: bool = False) -> str:
    """Return the text of the pytest module that holds a document's locked tests.

    `target` is the dotted name of the module that a submission becomes; names that solution cells define are
    imported from it. With `public`, hidden tests are left out. A test cell that asserts without defining a test
    becomes one test. Raises CourseError for what cannot be locked.
    """
    solution = _solution_names(document)
    parts = [_part(document, cell, public=public) for cell in document.cells if _runs_in_judge(cell)]
    _refuse_repeats(document, parts)
    needed = _closure(parts, solution)
    imports = list(dict.fromkeys(each.text for each in _lent(parts, needed - solution) if each.is_import))
    if "import pytest" not in imports:
        imports.append("import pytest")
    asked = sorted(solution & needed)
    if asked:
        imports.append(_import_from(target, asked))
    edition = "public edition" if public else "full edition"
    header = f'"""Locked tests of {module}, {edition}. Made by `tito lock`; a change by hand is refused."""'
    body = [chunk for part in parts for chunk in _chunks(part, needed - solution)]
    return "\n\n\n".join(["\n\n".join([header, "\n".join(imports)]), *body]) + "\n"


def _runs_in_judge(cell: Cell) -> bool:
    return cell.kind is Kind.CODE and not _holds_solution(cell)


def _holds_solution(cell: Cell) -> bool:
    return (
        cell.kind is Kind.CODE
        and cell.role is not Role.TEST
        and any(each.kind is Marked.SOLUTION for each in regions(cell.source))
    )


def _solution_names(document: Document) -> set[str]:
    found: set[str] = set()
    for cell in document.cells:
        if _holds_solution(cell):
            for each in statements(document, cell):
                found |= each.binds if not each.is_import else set()
    return found


def _part(document: Document, cell: Cell, *, public: bool) -> _Part:
    source = visible(cell.source) if public else unmarked(cell.source)
    if cell.role is not Role.TEST:
        return _Part(tuple(each for each in statements(document, cell, source) if each.binds))
    found = statements(document, cell, source)
    tests = tuple(each for each in found if each.is_test and not _is_empty(each.node))
    own = {name for each in found if each.is_test for name in each.binds}
    rest = [each for each in found if not each.is_test and not _only_runs_tests(each.node, own)]
    mark = _mark(cell.grade_id, (cell.grading and cell.grading.points) or Decimal(0))
    if all(each.is_definition for each in rest):
        return _Part(tuple(rest), tests, "", mark)
    lends = tuple(each for each in rest if each.is_import)
    return _Part(lends, tests, _wrapped(cell.grade_id, [each for each in rest if not each.is_import]), mark)


def _is_empty(node: ast.stmt) -> bool:
    """Whether hiding has left nothing of a test but its docstring."""
    body = getattr(node, "body", [])
    return all(isinstance(each, ast.Pass) or _is_text(each) for each in body)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _only_runs_tests(node: ast.stmt, tests: set[str]) -> bool:
    match node:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in tests or name == "print"
    return False


def _wrapped(grade_id: str, body: Sequence[Statement]) -> str:
    """Make one test of bare statements; what they bind stays global, as in a notebook."""
    name = re.sub(r"\W", "_", grade_id).removeprefix("test_")
    shared = sorted(set().union(*(bound_names(each.node) for each in body)))
    lines = [f"    global {', '.join(shared)}"] if shared else []
    texts, ends = [each.text for each in body], _ends_in_credit(body[-1].node)
    if ends:
        # nbgrader's partial credit: a cell's last value is its points, where the rubric says so.
        texts[-1] = f'record_property("credit", {ast.unparse(body[-1].node)})'
    lines += [f"    {line}" if line.strip() else "" for text in texts for line in text.splitlines()]
    return "\n".join([f"def test_{name}({'record_property' if ends else ''}):", *lines])


def _ends_in_credit(node: ast.stmt) -> bool:
    """Whether a cell ends in a value that may be its points; what is called for its effect is none."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in _NUMERIC
        case ast.Expr(value=ast.Call() | ast.Constant() | ast.Await() | ast.Yield() | ast.YieldFrom()):
            return False
    return isinstance(node, ast.Expr)


def _mark(grade_id: str, points: Decimal) -> str:
    worth = int(points) if points == points.to_integral_value() else points
    return f'@pytest.mark.criterion("{grade_id}", points={worth})'


def _refuse_repeats(document: Document, parts: Iterable[_Part]) -> None:
    seen: set[str] = set()
    for part in parts:
        for name in (name for test in part.tests for name in test.binds):
            if name in seen:
                what = f"the test {name} is defined twice, so that only the last one would run"
                raise CourseError(Problem(what, "Give each test its own name.", document.path))
            seen.add(name)


def _closure(parts: Sequence[_Part], solution: set[str]) -> set[str]:
    """Return every name that the tests need, through whatever else they need it."""
    lenders: dict[str, set[str]] = {}
    for part in parts:
        for each in part.lends:
            for name in each.binds - solution:
                lenders.setdefault(name, set()).update(each.needs)
    needed, rest = set[str](), set[str]().union(*(part.needs for part in parts))
    while rest:
        needed |= rest
        rest = set[str]().union(*(lenders.get(name, set()) for name in rest)) - needed
    return needed


def _lent(parts: Iterable[_Part], needed: set[str]) -> Iterator[Statement]:
    for part in parts:
        yield from (each for each in part.lends if each.binds & needed or "*" in each.binds)


def _chunks(part: _Part, needed: set[str]) -> Iterator[str]:
    definitions = [each.text for each in _lent([part], needed) if not each.is_import]
    yield from definitions
    for test in part.tests:
        yield f"{part.mark}\n{test.text}"
    if part.bare:
        yield f"{part.mark}\n{part.bare}"


def _import_from(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= 100:  # noqa: PLR2004 - a line's length
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
