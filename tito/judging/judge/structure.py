"""What a student's function is built of, answered on the syntax tree of the submission: `uses(f, "recursion")`.

It is read by the judge, from the text that was handed in; nothing of it runs.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tito.model.rubric import Built
from tito.model.submission import Code

Function = ast.FunctionDef | ast.AsyncFunctionDef
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Structure:
    """The functions, methods and imports of a submission's `sources`, cell by cell; what is no Python is left out."""

    def __init__(self, sources: Iterable[str]) -> None:
        trees = [tree for source in sources if (tree := _parsed(source)) is not None]
        # Where a name is defined again, the last one counts, as it does when the cells run.
        self._functions = {name: node for tree in trees for name, node in _functions(tree)}
        self._aliases = {name: path for tree in trees for name, path in _aliases(tree)}
        self._modules = {module for tree in trees for module in _modules(tree)}

    def uses(self, name: str, what: str) -> bool:
        """Return whether the function `name`, or what it calls of the submission's own, uses `what`.

        That is "recursion", "loop" (for and while), "comprehension", "call:NAME" (sorted, numpy.linalg.solve: however
        it was imported), or "import:NAME" anywhere in the submission. Raises ValueError for anything else, NameError
        for a function that the submission does not define.
        """
        kind, _, wanted = what.partition(":")
        if kind == "import" and wanted:
            return any(module == wanted or module.startswith(f"{wanted}.") for module in self._modules)
        if name not in self._functions:
            raise NameError(f"name {name!r} is not defined", name=name)
        tests: Mapping[str, Callable[[], bool]] = {
            "recursion": lambda: any(name in self._called(each) for each in self._reached(name)),
            "loop": lambda: self._holds(name, _LOOPS),
            "comprehension": lambda: self._holds(name, _COMPREHENSIONS),
            "call": lambda: any(_is_named(path, wanted) for path in self._paths(name)),
        }
        if kind not in tests or (kind == "call") != bool(wanted):
            raise ValueError(f"uses() knows recursion, loop, comprehension, call:NAME and import:NAME, not {what!r}")
        return tests[kind]()

    def _reached(self, name: str) -> set[str]:
        """Return a function and all of the submission's own that it may call, however far away."""
        found, pending = {name}, [name]
        while pending:
            for called in self._called(pending.pop()) - found:
                found.add(called)
                pending.append(called)
        return found

    def _called(self, name: str) -> set[str]:
        last = {path.rpartition(".")[2] for path in _calls(self._functions[name], {})}
        return {known for known in self._functions if known.rpartition(".")[2] in last}

    def _holds(self, name: str, kinds: tuple[type[ast.AST], ...]) -> bool:
        nodes = (node for each in self._reached(name) for node in ast.walk(self._functions[each]))
        return any(isinstance(node, kinds) for node in nodes)

    def _paths(self, name: str) -> Iterator[str]:
        for each in self._reached(name):
            yield from _calls(self._functions[each], self._aliases)


def built(code: Sequence[Code], wanted: Sequence[Built]) -> tuple[tuple[str, str], ...]:
    """Return of each criterion what is wrong with how its function is built, "" where nothing is."""
    if not wanted:
        return ()
    structure = Structure(cell.source for cell in code if not cell.module)
    return tuple((each.criterion, _wrong(structure, each)) for each in wanted)


def _wrong(structure: Structure, wanted: Built) -> str:
    name = wanted.function
    try:
        lacks = [each for each in wanted.must if not structure.uses(name, each)]
        has = [each for each in wanted.never if structure.uses(name, each)]
    except NameError:
        return f"there is no function {name}"
    told = [f"{name} must use {_said(each)}" for each in lacks]
    told += [f"{name} must not use {_said(each)}" for each in has]
    return "; ".join(told)


def _said(what: str) -> str:
    kind, _, name = what.partition(":")
    return {"recursion": "recursion", "loop": "a loop", "comprehension": "a comprehension"}.get(kind, name)


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, Function):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, Function))


def _aliases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((each.asname, each.name) for each in node.names if each.asname)
        if isinstance(node, ast.ImportFrom):
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def _modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{each.name}" for each in node.names))


def _calls(node: ast.AST, aliases: Mapping[str, str]) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and (path := _path(call.func)):
            first, dot, rest = path.partition(".")
            yield f"{aliases.get(first, first)}{dot}{rest}"


def _path(node: Any) -> str:
    match node:
        case ast.Name(id=name):
            return str(name)
        case ast.Attribute(value=value, attr=name):
            inner = _path(value)
            return f"{inner}.{name}" if inner else f".{name}"
    return ""


def _is_named(path: str, wanted: str) -> bool:
    return path == wanted or path.endswith(f".{wanted}")
