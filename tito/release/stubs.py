"""What stands in place of a solution: a stub at the right indent, or a skeleton of methods."""

import ast
import textwrap
from collections.abc import Iterator
from typing import Final

TEXT: Final = "# YOUR CODE HERE\nraise NotImplementedError()"
ANSWER: Final = "YOUR ANSWER HERE"


def stub(body: str, indent: str, *, in_class: bool) -> str:
    """Return what students get for a region's lines.

    Statements become one stub. A region that defines functions or classes keeps their heads, decorators and
    docstrings. Raises ValueError for a class body's region that holds anything but methods and docstrings, for a
    stub in its place would raise as soon as the class is made.
    """
    try:
        tree = ast.parse(textwrap.dedent(body))
    except SyntaxError:
        return textwrap.indent(TEXT, indent)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    definitions = [node for node in tree.body if isinstance(node, kinds)]
    others = [node for node in tree.body if not isinstance(node, kinds)]
    if in_class and others:
        raise ValueError("a solution region in a class body may hold methods alone")
    if not definitions or any(not isinstance(node, ast.Import | ast.ImportFrom) for node in others):
        return textwrap.indent(TEXT, indent)
    lines = textwrap.dedent(body).splitlines()
    parts = ["\n".join(_skeleton(node, lines)) for node in tree.body if isinstance(node, kinds)]
    return textwrap.indent(("\n\n" if in_class else "\n\n\n").join(parts), indent)


def is_class_body(source: str, line: int) -> bool:
    """Say whether a line of a cell stands directly in a class body, outside every method."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    inner: ast.AST | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            body = node.body[0].lineno
            # A comment belongs to no node: it stands in the innermost block that is as deep as it is.
            if node.lineno < line <= _end(node, source) and line >= min(body, line):
                deeper = node.col_offset < _indent(source, line)
                inner = node if deeper and (inner is None or node.col_offset > inner.col_offset) else inner  # type: ignore[attr-defined]
    return isinstance(inner, ast.ClassDef)


def _end(node: ast.stmt, source: str) -> int:
    """Return the last line of a block, comments below its last statement included."""
    lines = source.splitlines()
    end = node.end_lineno or node.lineno
    while end < len(lines) and (not lines[end].strip() or _indent(source, end + 1) > node.col_offset):
        end += 1
    return end


def _indent(source: str, line: int) -> int:
    text = source.splitlines()[line - 1]
    return len(text) - len(text.lstrip())


def _skeleton(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, lines: list[str]) -> Iterator[str]:
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    yield from lines[first - 1 : node.body[0].lineno - 1] if node.body[0].lineno > node.lineno else [_head(node)]
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if len(body) < len(node.body):
        yield from lines[node.body[0].lineno - 1 : node.body[0].end_lineno]
    inner = " " * (node.col_offset + 4)
    methods = [each for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    if isinstance(node, ast.ClassDef) and methods:
        for place, each in enumerate(methods):
            yield from ([""] if place or len(body) < len(node.body) else [])
            yield from _skeleton(each, lines)
    elif isinstance(node, ast.ClassDef):
        yield f"{inner}# YOUR CODE HERE"
        yield from ([] if len(body) < len(node.body) else [f"{inner}pass"])
    else:
        yield from textwrap.indent(TEXT, inner).splitlines()


def _head(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    """Return the head of a definition that stands on one line with its body."""
    bare = ast.unparse(node).splitlines()
    return next(line for line in bare if line.endswith(":"))
