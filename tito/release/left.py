"""What an END SOLUTION that stands too high leaves of a solution: a return that nothing of the students' leads to."""

import ast
import builtins
from collections.abc import Iterator, Sequence
from typing import Final

from tito.source.magics import without_magics
from tito.source.markers import Marked, Region, regions
from tito.source.syntax import parsed

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_BUILTINS: Final = frozenset(dir(builtins))
# What gives away no more than that something is returned.
_PLAIN: Final = (
    ast.Name, ast.Attribute, ast.Constant, ast.Tuple, ast.List, ast.Starred, ast.UnaryOp, ast.unaryop, ast.JoinedStr,
    ast.FormattedValue, ast.expr_context,
)  # fmt: skip


def left_behind(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a cell that its solution regions leave of a solution, each with what stands there.

    That is what follows, in its block, a region that returns or raises in any case; and a return that computes from
    nothing that a region binds or changes, in a body that begins with the region.
    """
    found = [region for region in regions(source) if region.kind is Marked.SOLUTION]
    tree = parsed(without_magics(source)[0]) if found else None
    lines = source.split("\n")
    for body, function in _bodies(tree) if tree else ():
        for region in found:
            inside = [each for each in body if region.first < each.lineno < region.last]
            behind = [each for each in body if each.lineno > region.last and not _within(each, found)]
            if inside and behind:
                yield from ((each.lineno, lines[each.lineno - 1].strip()) for each in _left(function, inside, behind))


def _bodies(tree: ast.AST) -> Iterator[tuple[list[ast.stmt], _Function]]:
    """Yield every block of statements in functions, with its function."""
    for node in ast.walk(tree):
        if isinstance(node, _Function):
            yield from ((block, node) for block in _blocks(node))


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of one definition, less those of definitions within it."""
    for name in ("body", "orelse", "finalbody"):
        if block := getattr(node, name, []):
            yield block
            for each in block:
                if not isinstance(each, _Function | ast.ClassDef):
                    yield from _blocks(each)
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from _blocks(part)


def _within(node: ast.stmt, found: Sequence[Region]) -> bool:
    return any(region.first < node.lineno < region.last for region in found)


def _left(function: _Function, inside: Sequence[ast.stmt], behind: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    if _leaves(inside):
        yield from behind[:1]
        return
    begins = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if begins[0] is not inside[0]:
        return
    touched = {name for each in inside for name in _touched(each)}
    for each in behind:
        read = {node.id for node in ast.walk(each) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        if read & touched:
            touched |= set(_touched(each))
        elif isinstance(each, ast.Return) and each.value is not None and _computes(each.value):
            yield each


def _leaves(block: Sequence[ast.stmt]) -> bool:
    """Whether control never comes out at the end of a block."""
    match block[-1] if block else None:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(body=body, orelse=orelse):
            return _leaves(body) and _leaves(orelse)
        case ast.With(body=body) | ast.AsyncWith(body=body):
            return _leaves(body)
    return False


def _computes(value: ast.expr) -> bool:
    return any(not isinstance(node, _PLAIN) for node in ast.walk(value))


def _touched(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds, or whose values it may change."""
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                yield from _root(node)
            case ast.Call(func=ast.Attribute(value=value), args=args):
                yield from _root(value)
                yield from (name for each in args for name in _root(each))
            case ast.Call(func=ast.Name(id=name), args=args) if name not in _BUILTINS:
                yield from (found for each in args for found in _root(each))


def _root(node: ast.AST) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id
