"""Records: given enumerations, named tuples and dataclasses, whose objects cross by value."""

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from tito.locking.looks import is_enum
from tito.locking.parts import Part, Writer

# What makes a record where it is called.
_MAKERS: Final = frozenset({"namedtuple", "NamedTuple", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})


def records(parts: Sequence[Part]) -> frozenset[str]:
    """Return the names of a notebook's records.

    Each is bound once, by given code, and nothing derives from it. None holds objects of its own class, which are
    trees and chains, or of another class of the notebook's that is no record: they can be longer than what crosses by
    value, or are no values.
    """
    bound = Counter(name for name, _ in _binders(parts))
    derived = {name for part in parts for each in part.statements for name in _derived(each.node)}
    found = {
        name: _held(node)
        for part in parts
        if part.writer is Writer.GIVEN
        for name, node in _made(part)
        if bound[name] == 1 and name not in derived
    }
    classes = {name for name, node in _binders(parts) if isinstance(node, ast.ClassDef)}
    while flawed := {name for name, held in found.items() if name in held or held & (classes - found.keys())}:
        found = {name: held for name, held in found.items() if name not in flawed}
    return frozenset(found)


def _binders(parts: Sequence[Part]) -> Iterator[tuple[str, ast.stmt]]:
    for part in parts:
        for each in part.statements:
            for name in each.effects.now.binds | each.effects.later.binds:
                yield name, each.node


def _made(part: Part) -> Iterator[tuple[str, ast.stmt]]:
    for node in (each.node for each in part.statements):
        match node:
            case ast.ClassDef(name=name) if is_enum(node) or _is_named_tuple(node) or _is_dataclass(node):
                yield name, node
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=made)) if _last(made) in _MAKERS:
                yield name, node


def _derived(node: ast.AST) -> Collection[str]:
    return {
        part.id
        for each in ast.walk(node)
        if isinstance(each, ast.ClassDef)
        for base in each.bases
        for part in ast.walk(base)
        if isinstance(part, ast.Name)
    }


def _held(node: ast.stmt) -> set[str]:
    """Return the classes that a class's fields are said to be of; what an enumeration holds crosses by its name."""
    if not isinstance(node, ast.ClassDef) or is_enum(node):
        return set()
    told = [each.annotation for each in node.body if isinstance(each, ast.AnnAssign)]
    texts = [part.value for each in told for part in ast.walk(each) if isinstance(part, ast.Constant)]
    words = {word for text in texts if isinstance(text, str) for word in _words(text)}
    return words | {part.id for each in told for part in ast.walk(each) if isinstance(part, ast.Name)}


def _words(text: str) -> set[str]:
    try:
        return {each.id for each in ast.walk(ast.parse(text, mode="eval")) if isinstance(each, ast.Name)}
    except SyntaxError:
        return set()


def _is_named_tuple(node: ast.ClassDef) -> bool:
    return [_last(each) for each in node.bases] == ["NamedTuple"]


def _is_dataclass(node: ast.ClassDef) -> bool:
    return not node.bases and any(_last(_called(each)) == "dataclass" for each in node.decorator_list)


def _called(node: ast.expr) -> ast.expr:
    return node.func if isinstance(node, ast.Call) else node


def _last(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]
