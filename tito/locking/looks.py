"""How code looks at classes and objects: of which classes it makes objects, which objects it takes for the same."""

import ast
from collections.abc import Iterator, Mapping


def made_classes(node: ast.AST, classes: Mapping[str, bool]) -> frozenset[str]:
    """Return the `classes` that code derives from, makes objects of or hands on; a value says that one is an Enum.

    It only looks at one that stands in an annotation, in `isinstance`, behind `except`, in a pattern, or before an
    attribute that is not called.
    """
    called = {id(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
    passed = {id(part) for each in ast.walk(node) for looked in _looks(each) for part in ast.walk(looked)}
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id=name) as owner) if id(each) not in called and not classes.get(name):
                passed.add(id(owner))
    return frozenset(
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name)
        and isinstance(each.ctx, ast.Load)
        and each.id in classes
        and id(each) not in passed
    )


def _looks(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kinds]):
            yield kinds
        case ast.arg(annotation=ast.expr() as told) | ast.AnnAssign(annotation=told):
            yield told
        case ast.FunctionDef(returns=ast.expr() as told) | ast.AsyncFunctionDef(returns=ast.expr() as told):
            yield told
        case ast.ExceptHandler(type=ast.expr() as caught):
            yield caught
        case ast.MatchClass(cls=kind):
            yield kind
        case ast.Compare(left=ast.Call(func=ast.Name(id="type")), comparators=others):
            yield from others


def is_enum(node: ast.ClassDef) -> bool:
    """Return whether a class is an enumeration."""
    return any(ast.unparse(each).rpartition(".")[2].endswith(("Enum", "Flag")) for each in node.bases)


def compared(node: ast.AST) -> frozenset[str]:
    """Return the names whose objects a comparison by `is` takes for the same.

    What is handed to a call whose result is compared is known by its number, copied or not.
    """
    match node:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[right]):
            handed = {each.id for side in (left, right) for each in _arguments(side)}
            return (_objects(left) | _objects(right)) - handed
    return frozenset()


def _objects(node: ast.expr) -> frozenset[str]:
    match node:
        case ast.Call(func=ast.Name(id="type")):
            return frozenset()
        case ast.Call(func=inner) | ast.Attribute(value=inner) | ast.Subscript(value=inner):
            return _objects(inner)
        case ast.Name(id=name):
            return frozenset({name})
    return frozenset()


def _arguments(node: ast.expr) -> Iterator[ast.Name]:
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    given = [part for each in calls for part in (*each.args, *each.keywords)]
    yield from (each for part in given for each in ast.walk(part) if isinstance(each, ast.Name))
