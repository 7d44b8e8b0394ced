"""A test cell as tests: its test functions, its helpers, and the bare statements that become one test."""

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from tito.locking.bindings import Function, arguments_of
from tito.locking.statements import Statement
from tito.records import dataclass

# What pytest and tito hand to a test that names it.
_FIXTURES: Final = frozenset({
    "cache", "capfd", "capfdbinary", "caplog", "capsys", "capsysbinary", "doctest_namespace", "monkeypatch",
    "program", "pytestconfig", "pytester", "record_property", "record_testsuite_property", "record_xml_attribute",
    "recwarn", "request", "subtests", "tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory", "uses",
})  # fmt: skip
_RUNNERS: Final = frozenset({"unittest.main", "pytest.main", "ipytest.run", "ipytest.autoconfig", "ipytest.config"})
_PLAIN_CALLS: Final = frozenset({
    "abs", "bool", "bytes", "complex", "dict", "float", "frozenset", "int", "len", "list", "max", "min", "range",
    "round", "set", "sorted", "str", "sum", "tuple",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arranged:
    """A test cell's statements: those that stand in the module, and those that become one test.

    `tests` are the names of the functions and classes among the `above` that pytest runs, `helpers` of those that
    it would run by their names and must not.
    """

    above: tuple[Statement, ...] = ()
    inside: tuple[Statement, ...] = ()
    tests: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a test cell's document holds: its fixtures, what it imports alone, and names that its other cells read.

    `drawing` are the names that pyplot is imported by: it has figures, which are the submission's.
    """

    fixtures: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    drawing: frozenset[str] = frozenset()


def arrange(statements: Iterable[Statement], around: Around) -> Arranged:
    """Arrange a test cell's statements."""
    found = [each for each in statements if not _says_nothing(each.node)]
    named = [each for each in found if is_named_as_test(each.node)]
    runnable = {_name(each) for each in named if _can_run(each.node, around.fixtures)}
    rest = [each for each in found if each not in named]
    called = {name for each in rest for name in _called(each.node)}
    plain = [each for each in rest if _plain_call(each.node) in runnable]
    bare = [each for each in rest if each not in plain and not each.is_definition and not _only_prints(each.node)]
    tests = runnable - called - ({_plain_call(each.node) for each in plain} if bare else set())
    helpers = tuple(_name(each) for each in named if _name(each) not in tests)
    plain = [each for each in plain if _plain_call(each.node) in tests]
    kept = [each for each in found if each not in plain and not (tests and _only_prints(each.node))]
    kept = [each for each in kept if not (_name(each) in tests and _is_empty(each.node))]
    order = tuple(_name(each) for each in kept if _name(each) in tests)
    if all(each.is_definition for each in kept):
        return Arranged(tuple(kept), (), order, helpers)
    above = list(_liftable(kept, tests, around))
    return Arranged(tuple(above), tuple(each for each in kept if each not in above), order, helpers)


def fixtures_of(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the names of the pytest fixtures among statements."""
    return frozenset(
        node.name
        for node in (each.node for each in statements)
        if isinstance(node, Function) and any("fixture" in ast.unparse(each) for each in node.decorator_list)
    )


def is_named_as_test(node: ast.stmt) -> bool:
    """Return whether pytest takes a statement for a test, by its name or its base class."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name.startswith("test")
        case ast.ClassDef(name=name):
            return name.startswith("Test") or _is_test_case(node)
    return False


def _is_test_case(node: ast.ClassDef) -> bool:
    return any(ast.unparse(each).rpartition(".")[2].endswith("TestCase") for each in node.bases)


def _says_nothing(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=func)):
            return ast.unparse(func) in _RUNNERS | {"display"}
    return isinstance(node, ast.Pass | ast.Global) or _is_text(node)


def _only_prints(node: ast.stmt) -> bool:
    """Return whether a statement shows something and calls nobody for it."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print")) as call):
            return sum(isinstance(each, ast.Call) for each in ast.walk(call)) == 1
    return False


def _name(statement: Statement) -> str:
    return str(getattr(statement.node, "name", ""))


def _plain_call(node: ast.stmt) -> str:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name), args=[], keywords=[])):
            return name
    return ""


def _called(node: ast.stmt) -> Iterator[str]:
    """Yield the functions that a statement calls, but for a call that is all there is."""
    if _plain_call(node):
        return
    for each in ast.walk(node):
        match each:
            case ast.Call(func=ast.Name(id=name)):
                yield name


def _is_empty(node: ast.stmt) -> bool:
    """Return whether hiding has left nothing of a test but its docstring."""
    body = getattr(node, "body", [])
    return all(isinstance(each, ast.Pass) or _is_text(each) for each in body)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _can_run(node: ast.stmt, fixtures: Collection[str]) -> bool:
    """Return whether pytest can hand a test all that it asks for."""
    if isinstance(node, ast.ClassDef):
        makes = {each.name for each in node.body if isinstance(each, Function)} & {"__init__", "__new__"}
        return _is_test_case(node) or not makes
    if not isinstance(node, Function):
        return False
    if any(not ast.unparse(each).removeprefix("pytest.").startswith("mark.") for each in node.decorator_list):
        # hypothesis and mock hand over what they like.
        return True
    arguments = node.args
    optional = arguments.args[len(arguments.args) - len(arguments.defaults) :] if arguments.defaults else []
    optional = [
        *optional,
        *(each for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value),
    ]
    asked = {each.arg for each in arguments_of(arguments)} - {each.arg for each in optional}
    return asked <= _FIXTURES | set(fixtures) | set(_parameters(node))


def _parameters(node: Function) -> Iterator[str]:
    for decorator in node.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="parametrize"), args=[ast.Constant(value=str(names)), *_]):
                yield from (name.strip() for name in names.split(","))
            case ast.Call(func=ast.Attribute(attr="parametrize"), args=[ast.Tuple() | ast.List() as names, *_]):
                yield from (str(each.value) for each in names.elts if isinstance(each, ast.Constant))


def _liftable(statements: list[Statement], tests: Collection[str], around: Around) -> Iterator[Statement]:
    """Yield what stands in the module though bare statements of its cell run in a test.

    Those are tests, imports, definitions that rest on imports alone, and plain values at the cell's beginning that
    other cells read: they are there whether this cell's test passes or not.
    """
    known = _PLAIN_CALLS | (around.imported - around.drawing)
    begins = True
    bound = [name for each in statements for name in each.effects.now.binds]
    for each in statements:
        own = each.effects.now.binds
        alone = all(bound.count(name) == 1 for name in own)
        if each.is_import:
            known |= own
            yield each
        elif _name(each) in tests or (_name(each) and alone and _rests_on(each, known)):
            yield each
        elif begins and alone and _is_plain(each, known):
            if own & around.wanted:
                known |= own
                yield each
        else:
            begins = False


def _is_plain(statement: Statement, known: Collection[str]) -> bool:
    """Return whether a statement binds a value that rests on imports and plain values alone."""
    if not isinstance(statement.node, ast.Assign | ast.AnnAssign):
        return False
    now = statement.effects.now
    random = any("random" in name or attribute == "random" for name, attribute in now.dotted)
    return _rests_on(statement, known) and not now.changes and not random


def _rests_on(statement: Statement, known: Collection[str]) -> bool:
    return statement.effects.now.reads | statement.effects.noted <= set(known)
