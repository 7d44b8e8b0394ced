"""Bare statements of a cell as the body of one function, in which they mean what they mean in a notebook."""

import ast
from collections.abc import Iterable, Sequence
from typing import Any, Final

from tito.locking.statements import Statement

_NUMERIC: Final = frozenset({"abs", "float", "int", "max", "min", "round", "sum"})
_OWN_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def wrapped(name: str, statements: Sequence[Statement], *, credit: bool = False) -> str:
    """Return a function of bare statements; what they bind stays global.

    With `credit`, a value that they end in is recorded: nbgrader's partial credit, where the rubric says so.
    """
    shared = sorted({bound for each in statements for bound in each.effects.now.binds})
    body = [f"global {', '.join(shared)}"] if shared else []
    texts, last = [_text(each) for each in statements], statements[-1].node
    ends = credit and isinstance(last, ast.Expr) and _may_be_points(last.value)
    if ends:
        texts[-1] = f'record_property("credit", {ast.unparse(_Notebook().visit(last))})'
    body += texts
    if any(each.awaits for each in statements):
        body = [f"async def cell():\n{indented(body)}", "asyncio.run(cell())"]
    return f"def {name}({'record_property' if ends else ''}):\n{indented(body)}"


def indented(texts: Iterable[str]) -> str:
    """Return statements indented by four; the lines of a string stay as they are."""
    return "\n".join(_indented(text) for text in texts)


def _indented(text: str) -> str:
    within = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant | ast.JoinedStr) or type(node).__name__ == "TemplateStr"
        for number in range(_line(node) + 1, (node.end_lineno or 0) + 1)  # type: ignore[attr-defined]
    }
    lines = enumerate(text.split("\n"), 1)
    return "\n".join(line if number in within or not line.strip() else f"    {line}" for number, line in lines)


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


def _text(statement: Statement) -> str:
    """Return a statement's text as it may stand in a function; what only a module may hold is written anew."""
    if not any(_is_modules(node) for node in ast.walk(statement.node)):
        return statement.text
    tree = ast.parse(ast.unparse(statement.node))
    return ast.unparse(ast.fix_missing_locations(_Notebook().visit(tree))) or "pass"


def _is_modules(node: ast.AST) -> bool:
    match node:
        case ast.AnnAssign(target=ast.Name()) | ast.Global():
            return True
        case ast.Call(func=ast.Name(id="locals" | "vars" | "dir" | "exec")):
            return True
    return False


class _Notebook(ast.NodeTransformer):
    """Makes statements of a notebook's top level mean the same in a function whose names are global."""

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, _OWN_SCOPES):
            return node
        return super().visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        # A name that is declared global takes no annotation.
        self.generic_visit(node)
        if not isinstance(node.target, ast.Name):
            return node
        return ast.Assign([node.target], node.value) if node.value else ast.Pass()

    def visit_Global(self, _: ast.Global) -> ast.AST:
        return ast.Pass()

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        space = ast.Call(ast.Name("globals", ast.Load()), [], [])
        match node:
            case ast.Call(func=ast.Name(id="locals" | "vars"), args=[], keywords=[]):
                return space
            case ast.Call(func=ast.Name(id="dir"), args=[], keywords=[]):
                return ast.Call(ast.Name("sorted", ast.Load()), [space], [])
            case ast.Call(func=ast.Name(id="exec") as func, args=[code], keywords=[]):
                return ast.Call(func, [code, space], [])
        return node


def _may_be_points(node: ast.expr) -> bool:
    """Return whether a cell's last value may be its points; what is called for its effect is none."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in _NUMERIC
        case ast.Call() | ast.Constant() | ast.Await() | ast.Yield() | ast.YieldFrom():
            return False
    return True
