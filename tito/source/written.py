"""Who wrote a code cell: students write solution cells, the instructor all others."""

import ast
import re
from typing import Final

from tito.model.course import Unmarked
from tito.model.document import Cell, Kind, Role
from tito.source.magics import without_magics
from tito.source.markers import Marked, regions
from tito.source.syntax import parsed

PROMPT: Final = "# YOUR CODE HERE"
_CAPITALS: Final = re.compile(r"_*[A-Z][A-Z0-9_]*")
_LITERAL: Final = (
    ast.Constant, ast.UnaryOp, ast.unaryop, ast.BinOp, ast.operator, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Name,
    ast.expr_context,
)  # fmt: skip


def is_students(cell: Cell, unmarked: Unmarked = "") -> bool:
    """Return whether students write a code cell: its role says so, or a solution region that a release takes out."""
    if cell.kind is not Kind.CODE or cell.role is Role.TEST:
        return False
    return marks_solution(cell) or (_is_for_students(cell) and (unmarked == "empty" or not is_setup(cell)))


def is_unmarked(cell: Cell) -> bool:
    """Return whether a code cell is for students and no marker says which part of it is the solution."""
    return cell.kind is Kind.CODE and _is_for_students(cell) and not marks_solution(cell) and not is_stub(cell.source)


def is_emptied(cell: Cell, unmarked: Unmarked = "") -> bool:
    """Return whether a release empties a cell that no marker parts."""
    return is_unmarked(cell) and unmarked != "keep" and (unmarked == "empty" or not is_setup(cell))


def marks_solution(cell: Cell) -> bool:
    """Return whether a cell holds a solution region."""
    return any(region.kind is Marked.SOLUTION for region in regions(cell.source, cell.kind))


def is_setup(cell: Cell) -> bool:
    """Return whether a solution cell only sets up: imports, and docstrings and constants in capitals beside them.

    Where nothing is imported, a constant may be the answer itself.
    """
    tree = parsed(without_magics(cell.source)[0]) if cell.role is Role.SOLUTION else None
    body = tree.body if tree else []
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    return bool(imports) and all(_sets_up(node) for node in body)


def is_stub(source: str) -> bool:
    """Return whether a source is a stub: what it leaves to students is nothing so far."""
    lines = source.split("\n")
    prompts = [place for place, line in enumerate(lines) if line.strip() == PROMPT]
    return bool(prompts) and all(_leaves_open(lines, place) for place in prompts)


def _is_for_students(cell: Cell) -> bool:
    return cell.role in {Role.SOLUTION, Role.MANUAL}


def _sets_up(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
        ):
            plain = all(isinstance(each, _LITERAL) for each in ast.walk(value))
            return bool(_CAPITALS.fullmatch(name)) and plain
    return False


def _leaves_open(lines: list[str], place: int) -> bool:
    """Return whether nothing of its block but `raise NotImplementedError()` or `pass` follows a prompt."""
    indent = len(lines[place]) - len(lines[place].lstrip())
    following = next((line for line in lines[place + 1 :] if line.strip() and line.lstrip()[0] != "#"), "")
    if following.strip() in {"raise NotImplementedError()", "pass"}:
        return True
    return not following or len(following) - len(following.lstrip()) < indent
