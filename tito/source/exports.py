"""nbdev's directives: which cells are exported, where to, and the package's module that they become."""

import ast
import itertools
import re
from collections.abc import Iterator
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document, Kind, Role
from tito.source.markers import Marked, regions
from tito.source.syntax import fault, parsed

_DIRECTIVE: Final = re.compile(r"^#\s*\|\s*(?P<name>[\w-]+)\s*(?P<value>.*?)\s*$")
_TARGET: Final = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def target(document: Document) -> str:
    """Return what `#| default_exp` names, such as "core.activations", or "" where nothing does."""
    for cell in document.cells:
        for name, value in _directives(cell):
            if name == "default_exp":
                return value
    return ""


def export(document: Document) -> tuple[str, str]:
    """Return (target, the module's text): the exported cells, without directives, solution markers and tests.

    Raises CourseError where there is no target, a test is exported or the result is not Python.
    """
    name = target(document)
    if not _TARGET.fullmatch(name):
        what = f"`{name}` is no module's name" if name else "nothing says where this module is exported to"
        raise CourseError(Problem(what, "Add `#| default_exp core.name` to its first code cell.", document.path, 1))
    cells = [cell for cell in document.cells if any(each == "export" for each, _ in _directives(cell))]
    problems = [problem for cell in cells if (problem := _problem(document, cell))]
    if problems:
        raise CourseError(*problems)
    source = "/".join(document.path.rsplit("/", 2)[-2:])
    body = "\n\n\n".join(_stripped(cell) for cell in cells)
    if found := fault(body):
        raise _no_module(found, document)
    header = f"{name}: made by `tito export` from {source}; edit that file."
    header = f"# {header}" if ast.get_docstring(ast.parse(body)) else f'"""{header}"""'
    names = _public_names(body)
    listed = "\n".join(["__all__ = [", *(f'    "{each}",' for each in names), "]"]) if names else "__all__ = []"
    imports, rest = _parted(body)
    text = ("\n\n".join(part for part in (header, imports, listed) if part) + f"\n\n\n{rest}").rstrip() + "\n"
    if found := fault(text):
        raise _no_module(found, document)
    return name, text


def is_exported(source: str) -> bool:
    """Say whether a code cell is marked for export."""
    return any(found["name"] == "export" for line in _top(source) if (found := _DIRECTIVE.match(line)))


def imports(text: str) -> tuple[str, ...]:
    """Return the dotted names of the modules that a text imports; none where it is not Python."""
    tree = parsed(text)
    found: dict[str, None] = {}
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Import(names=names):
                found.update(dict.fromkeys(each.name for each in names))
            case ast.ImportFrom(module=str(module), level=0, names=names):
                found[module] = None
                found.update(dict.fromkeys(f"{module}.{each.name}" for each in names))
    return tuple(found)


def _directives(cell: Cell) -> Iterator[tuple[str, str]]:
    for line in _top(cell.source) if cell.kind is Kind.CODE else ():
        if found := _DIRECTIVE.match(line):
            yield found["name"], found["value"]


def _top(source: str) -> list[str]:
    """Return the comments and blank lines above a cell's code, where directives stand."""
    return list(itertools.takewhile(lambda line: not line.strip() or line.startswith("#"), source.split("\n")))


def _problem(document: Document, cell: Cell) -> Problem | None:
    if cell.role is Role.TEST:
        return Problem(f"test cell {cell.grade_id} is exported", "Remove its `#| export`.", *document.place(cell))
    if found := fault(cell.source):
        place = document.place(cell, found.lineno or 1)
        return Problem(
            f"exported cell {cell.grade_id} is not Python: {found.msg}", "Correct this line of the cell.", *place
        )
    return None


def _no_module(found: SyntaxError, document: Document) -> CourseError:
    fix = "Correct them, and run `tito export` again."
    return CourseError(Problem(f"the exported cells are no module: {found.msg}", fix, document.path, 1))


def _stripped(cell: Cell) -> str:
    lines, above, marks = cell.source.split("\n"), len(_top(cell.source)), _marks(cell.source)
    kept = (
        line
        for number, line in enumerate(lines, 1)
        if number not in marks and not (number <= above and _DIRECTIVE.match(line))
    )
    return "\n".join(kept).strip("\n")


def _marks(source: str) -> set[int]:
    try:
        found = regions(source)
    except ValueError:
        # A student's comment that is nearly a marker is a comment.
        return set()
    return {line for each in found if each.kind is Marked.SOLUTION for line in (each.first, each.last)}


def _parted(body: str) -> tuple[str, str]:
    """Part the imports at a module's top from the rest, so that `__all__` can stand between."""
    end = 0
    for place, node in enumerate(ast.parse(body).body):
        if not isinstance(node, ast.Import | ast.ImportFrom) and (place or not _is_docstring(node)):
            break
        end = node.end_lineno or end
    lines = body.split("\n")
    return "\n".join(lines[:end]).strip("\n"), "\n".join(lines[end:]).strip("\n")


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _public_names(body: str) -> list[str]:
    names: set[str] = set()
    for node in ast.parse(body).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names.update(name for each in targets for name in _bound(each))
            case ast.AnnAssign(target=each):
                names.update(_bound(each))
    return sorted(name for name in names if not name.startswith("_"))


def _bound(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for each in parts:
                yield from _bound(each)
        case ast.Starred(value=each):
            yield from _bound(each)
