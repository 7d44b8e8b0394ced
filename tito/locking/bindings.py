"""What a piece of syntax binds in its own scope, and the names that a chain of attributes and items begins with."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

GLOBAL: Final = "global"
NONLOCAL: Final = "nonlocal"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

# Methods whose result is a part of the object, so that changing the one changes the other.
_PARTS: Final = frozenset({"get", "setdefault"})


def bound_names(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that nodes bind, delete or import in the scope that they stand in."""
    return frozenset(name for name, declared in bindings(nodes) if not declared)


def bindings(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield (name, "") for what nodes bind in the scope that they stand in, (name, "global") for a declaration."""
    for node in nodes:
        yield from _bindings(node)


def _bindings(node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name, ""
            yield from bindings([*node.decorator_list, *_defaults(node.args)])
        case ast.ClassDef(name=name, decorator_list=decorators, bases=bases):
            yield name, ""
            yield from bindings([*decorators, *bases])
        case ast.Lambda(args=arguments):
            yield from bindings(_defaults(arguments))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            # Its own targets are its own; those of `:=` belong to what it stands in.
            yield from ((each.target.id, "") for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name, ""
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from ((name, GLOBAL if isinstance(node, ast.Global) else NONLOCAL) for name in names)
        case ast.alias(name=name, asname=asname):
            yield from [(asname or name.partition(".")[0], "")] if name != "*" else []
        case _:
            match node:
                case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                    yield name, ""
                case ast.MatchMapping(rest=str(name)):
                    yield name, ""
            yield from bindings(ast.iter_child_nodes(node))


def arguments_of(arguments: ast.arguments) -> list[ast.arg]:
    """Return all arguments of a function, in order."""
    last = [arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [*arguments.posonlyargs, *arguments.args, *(each for each in last if each)]


def type_parameters(node: ast.AST) -> frozenset[str]:
    """Return the names of the type parameters of a definition; Python has them since 3.12."""
    return frozenset(each.name for each in getattr(node, "type_params", ()))


def roots(node: ast.AST | None, *, calls: bool = False) -> frozenset[str]:
    """Return the names that a chain of attributes and items begins with: `df` for `df.loc[0].x`.

    With `calls`, also those whose methods give what the chain goes on with.
    """
    match node:
        case ast.Name(id=name):
            return frozenset({name})
        case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
            parts = [inner]
        case ast.Call(func=ast.Attribute(value=inner, attr=method)) if calls or method in _PARTS:
            parts = [inner]
        case ast.NamedExpr(target=target, value=value):
            parts = [target, value]
        case ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            pass
        case _:
            parts = []
    return frozenset[str]().union(*(roots(each, calls=calls) for each in parts))


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [each for each in [*arguments.defaults, *arguments.kw_defaults] if each]
