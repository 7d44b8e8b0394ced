"""What stands in place of a solution: a stub at the right indent, or a skeleton of definitions."""

import ast
import io
import textwrap
import tokenize
from collections.abc import Iterator
from typing import Final

from tito.source.magics import without_magics
from tito.source.markers import Region
from tito.source.syntax import parsed

TEXT: Final = "# YOUR CODE HERE\nraise NotImplementedError()"
ANSWER: Final = "YOUR ANSWER HERE"

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def stub(source: str, region: Region) -> str:
    """Return what students get for a region of a cell's source.

    Statements become one stub. Functions and classes keep their heads, decorators and docstrings, but for those
    within a function. Raises ValueError for a class body's region that holds anything but methods: a stub in its
    place would raise as soon as the class is made.
    """
    lines = source.split("\n")[region.first : region.last - 1]
    body = "\n".join(line.removeprefix(region.indent) for line in lines)
    tree, owner = _tree(body), _owner(source, region)
    statements = tree.body if tree else []
    definitions = [node for node in statements if isinstance(node, _Definition)]
    others = [node for node in statements if not isinstance(node, _Definition | ast.Import | ast.ImportFrom)]
    if owner is ast.ClassDef and (tree is None or len(definitions) < len(statements)):
        raise ValueError("a solution region in a class body may hold methods alone")
    if not definitions or others or owner is ast.FunctionDef:
        return textwrap.indent(TEXT, region.indent)
    parts = ["\n".join(_skeleton(node, body.split("\n"))) for node in definitions]
    return textwrap.indent(("\n\n" if owner is ast.ClassDef else "\n\n\n").join(parts), region.indent)


def _owner(source: str, region: Region) -> type[ast.AST]:
    """Return what the region's statements belong to: a class, a function, or the module."""
    tree = _tree(source)
    found = _owner_below(tree, region, ast.Module) if tree else None
    return found or ast.Module


def _tree(source: str) -> ast.Module | None:
    return parsed(without_magics(source)[0])


def _owner_below(node: ast.AST, region: Region, owner: type[ast.AST]) -> type[ast.AST] | None:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.stmt) and region.first < each.lineno < region.last:
            return owner
        deeper = owner
        if isinstance(each, _Definition):
            deeper = ast.ClassDef if isinstance(each, ast.ClassDef) else ast.FunctionDef
        if found := _owner_below(each, region, deeper):
            return found
    return None


def _skeleton(node: _Definition, lines: list[str]) -> Iterator[str]:
    head, last = _head(node, lines)
    yield from head
    inline = node.body[0].lineno <= last
    inner = " " * (node.col_offset + 4 if inline else node.body[0].col_offset)
    told = [] if inline else list(_docstring(node, lines))
    yield from told
    methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    if isinstance(node, ast.ClassDef) and methods:
        for place, each in enumerate(methods):
            yield from [""] if place or told else []
            yield from _skeleton(each, lines)
    elif isinstance(node, ast.ClassDef):
        yield f"{inner}# YOUR CODE HERE"
        yield from [] if told else [f"{inner}pass"]
    else:
        yield from textwrap.indent(TEXT, inner).split("\n")


def _head(node: _Definition, lines: list[str]) -> tuple[list[str], int]:
    """Return a definition's lines from its decorators to the colon, and the colon's line."""
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    line, column = _colon(lines, node.lineno)
    return [*lines[first - 1 : line - 1], lines[line - 1][:column]], line


def _colon(lines: list[str], start: int) -> tuple[int, int]:
    """Return the line and the end of the colon that ends the head of the definition on line `start`."""
    depth = 0
    text = io.StringIO("\n".join(lines[start - 1 :]))
    for token in tokenize.generate_tokens(text.readline):
        depth += (token.string in {"(", "[", "{"}) - (token.string in {")", "]", "}"})
        if token.string == ":" and not depth:
            return start + token.end[0] - 1, token.end[1]
    raise AssertionError("a definition has a colon")


def _docstring(node: _Definition, lines: list[str]) -> Iterator[str]:
    if ast.get_docstring(node) is None:
        return
    text = node.body[0]
    last = text.end_lineno or text.lineno
    yield from lines[text.lineno - 1 : last - 1]
    yield lines[last - 1].encode()[: text.end_col_offset].decode()
