"""A code cell as top-level statements: their text, the names that each binds and the names that each needs."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement: `text` is its source, with the comments right above it."""

    node: ast.stmt
    text: str
    binds: frozenset[str]
    needs: frozenset[str]

    @property
    def is_import(self) -> bool:
        """Whether it imports."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_test(self) -> bool:
        """Whether pytest takes it for a test."""
        match self.node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                return name.startswith("test")
            case ast.ClassDef(name=name):
                return name.startswith("Test")
        return False

    @property
    def is_definition(self) -> bool:
        """Whether it only binds names: a function, a class, an import or an assignment."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
        return self.is_import or isinstance(self.node, kinds)


def statements(document: Document, cell: Cell, source: str | None = None) -> tuple[Statement, ...]:
    """Split a code cell (or `source` in its place). Raises CourseError where it is not Python."""
    text = cell.source if source is None else source
    try:
        tree = ast.parse(text)
    except SyntaxError as fault:
        path, line = document.place(cell, fault.lineno or 1)
        what = f"cell {cell.grade_id or '(without a grade_id)'} is not Python: {fault.msg}"
        raise CourseError(Problem(what, "Mend it.", path, line)) from None
    return tuple(_split(tree, text.splitlines()))


def bound_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a statement binds in its own scope."""
    return frozenset(_bound(node))


def _split(tree: ast.Module, lines: list[str]) -> Iterator[Statement]:
    end = 0
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(each.lineno for each in decorators)])
        last = node.end_lineno or first
        if first <= end or node.col_offset:
            # Two statements share a line: their text is remade.
            text = ast.unparse(node)
        else:
            text = "\n".join([*_comments(lines, end, first), *lines[first - 1 : last]])
        end = last
        needs = frozenset(each.id for each in ast.walk(node) if isinstance(each, ast.Name))
        yield Statement(node, _without_tail(text, node), bound_names(node), needs)


def _comments(lines: list[str], end: int, first: int) -> list[str]:
    """Return the comment lines that stand right above line `first`, directives left out."""
    start = first - 1
    while start > end and lines[start - 1].lstrip().startswith("#") and not lines[start - 1].startswith("#|"):
        start -= 1
    return lines[start : first - 1]


def _without_tail(text: str, node: ast.stmt) -> str:
    # `a = 1; assert a` shares its last line with the next statement.
    try:
        same = len(ast.parse(text).body) == 1
    except SyntaxError:
        same = False
    return text if same else ast.unparse(node)


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
            return
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.alias(name=name, asname=asname):
            yield asname or name.partition(".")[0]
    for child in ast.iter_child_nodes(node):
        yield from _bound(child)
