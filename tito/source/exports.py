"""nbdev's directives: which cells are exported, where to, and the package's module that they become."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.document import Cell, Document, Kind, Role

_DIRECTIVE: Final = re.compile(r"^#\s*\|\s*(?P<name>[\w-]+)\s*(?P<value>.*?)\s*$")
_MARKER: Final = re.compile(r"^\s*#+\s*(BEGIN|END) SOLUTION\s*$")


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
    if not name:
        what = "nothing says where this module is exported to"
        raise CourseError(Problem(what, "Add `#| default_exp core.name` to its first code cell.", document.path, 1))
    cells = [cell for cell in document.cells if any(each == "export" for each, _ in _directives(cell))]
    problems = [problem for cell in cells if (problem := _problem(document, cell))]
    if problems:
        raise CourseError(*problems)
    source = "/".join(document.path.rsplit("/", 2)[-2:])
    header = f'"""{name}: made by `tito export` from {source}; edit that file."""'
    body = "\n\n\n".join(_stripped(cell) for cell in cells)
    names = _public_names(body)
    listed = "\n".join(["__all__ = [", *(f'    "{each}",' for each in names), "]"]) if names else "__all__ = []"
    imports, rest = _parted(body)
    return name, "\n\n".join(part for part in (header, imports, listed) if part) + f"\n\n\n{rest}\n"


def imports(text: str) -> tuple[str, ...]:
    """Return the dotted names of the modules that a text imports; none where it is not Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ()
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found.update(dict.fromkeys(each.name for each in names))
            case ast.ImportFrom(module=str(module), level=0, names=names):
                found[module] = None
                found.update(dict.fromkeys(f"{module}.{each.name}" for each in names))
    return tuple(found)


def _directives(cell: Cell) -> Iterator[tuple[str, str]]:
    for line in cell.source.splitlines() if cell.kind is Kind.CODE else ():
        found = _DIRECTIVE.match(line)
        if found:
            yield found["name"], found["value"]
        elif line.strip() and not line.lstrip().startswith("#"):
            return


def _problem(document: Document, cell: Cell) -> Problem | None:
    if cell.role is Role.TEST:
        return Problem(f"test cell {cell.grade_id} is exported", "Remove its `#| export`.", *document.place(cell))
    try:
        ast.parse(cell.source)
    except SyntaxError as fault:
        place = document.place(cell, fault.lineno or 1)
        return Problem(f"exported cell {cell.grade_id} is not Python: {fault.msg}", "Mend it.", *place)
    return None


def _stripped(cell: Cell) -> str:
    lines = cell.source.splitlines()
    return "\n".join(line for line in lines if not _DIRECTIVE.match(line) and not _MARKER.match(line)).strip("\n")


def _parted(body: str) -> tuple[str, str]:
    """Part the imports at a module's top from the rest, so that `__all__` can stand between."""
    end = 0
    for node in ast.parse(body).body:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            break
        end = node.end_lineno or end
    lines = body.splitlines()
    return "\n".join(lines[:end]).strip("\n"), "\n".join(lines[end:]).strip("\n")


def _public_names(body: str) -> list[str]:
    names: dict[str, None] = {}
    for node in ast.parse(body).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names[name] = None
            case ast.Assign(targets=targets):
                names.update(dict.fromkeys(each.id for each in targets if isinstance(each, ast.Name)))
            case ast.AnnAssign(target=ast.Name(id=name)):
                names[name] = None
    return sorted(name for name in names if not name.startswith("_"))
