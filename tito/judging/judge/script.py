"""A grader's modules as they run: in blocks, each at its place, in one namespace that has the submission's names."""

import ast
import contextlib
import importlib
import linecache
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any, Final

import pytest
from _pytest.assertion.rewrite import rewrite_asserts

from tito.judging.judge.guarding import STANDS_FOR
from tito.judging.judge.names import Names, Placeholder
from tito.judging.judge.notebook import Notebook
from tito.judging.judge.surroundings import looked_at
from tito.judging.judge.template import Template, Test
from tito.model.grader import Block, Grader, Source
from tito.model.submission import Submission

# What the first line of a module says whose blocks the lock file has; others in a grader's folder have none.
_GENERATED: Final = "Made by `tito lock`"
_NOWHERE: Final = object()
_NO_VALUES: Final = (FunctionType, BuiltinFunctionType, ModuleType, type, Placeholder)


class Script:
    """One module of a grader: its namespace as collected, and the blocks that run in it behind one another.

    A module without blocks is bound as a whole when its first test runs.
    """

    def __init__(self, module: pytest.Module, tests: Sequence[Test], names: Names, grader: Grader) -> None:
        blocks = grader.blocks if _GENERATED in linecache.getline(str(module.path), 1) else ()
        self.name: str = module.obj.__name__
        self._names = names
        self._path = str(module.path)
        self._target = grader.target
        self._tests = frozenset(_function(test) for test in tests)
        self._space: dict[str, Any] = module.obj.__dict__
        self._main = Notebook(self._space, self._found)
        self._text = "".join(linecache.getlines(self._path))
        if "doctest" in self._text:
            # Before a test can import it: what it would run is the submission's.
            importlib.import_module("doctest")
        instead = {name: each for name, value in self._space.items() if (each := self._instead_of(value)) is not None}
        self._space.update(instead)
        self._collected = dict(self._space)
        self._params = {test.locked.name: dict(spec.params) for test in tests if (spec := _callspec(test.item))}
        self._blocks = tuple(blocks)
        self._codes = _codes(self._path, self._blocks, module.config) if blocks else ()
        self._records = frozenset(grader.records)
        self._own: dict[int, list[str]] = {}
        for each in grader.names:
            if each.source is Source.JUDGE:
                self._own.setdefault(each.place, []).append(each.name)
        self._block_of = {test: block for block in self._blocks for test in block.tests}
        self._reached = 0
        # What the blocks that have run send, and what the test at hand has of its own block's.
        self._sends: frozenset[str] = frozenset()
        self._bound: frozenset[str] = frozenset()

    @property
    def surroundings(self) -> tuple[str, ...] | None:
        """The library functions that its tests may replace; None where they look at no surroundings."""
        return looked_at(self._text)

    def place(self, test: Test, submission: Submission) -> int:
        """Return how many cells of a submission run before a test."""
        block = self._block(test)
        places = {each.grade_id: each.after for each in submission.places}
        if block is None:
            return len(submission.code)
        # Without a copy of its own cell, it stands behind what it has to follow.
        own = places.get(block.cell, places.get(block.after, len(submission.code)))
        return max(own, places.get(block.after, 0))

    def wanted(self, test: Test) -> frozenset[tuple[str, str]]:
        """Return the (module, name) of the submission's names that a test will look for first."""
        block = self._block(test)
        asked = self._collected if block is None else {name: Placeholder(self._target, name) for name in block.asks}
        values = [value for value in self._collected.values() if self._is_earlier(value)] if block else []
        return frozenset(
            (each.module, each.name) for each in (*asked.values(), *values) if isinstance(each, Placeholder)
        )

    def restart(self) -> None:
        """Give the namespace its first content again: nothing of another subject stays in it."""
        self._space.clear()
        self._space.update(self._collected)
        self._reached, self._sends = 0, frozenset()

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Give the namespace what it holds now again in the end, whatever happens to it in between."""
        before, reached = dict(self._space), (self._reached, self._sends)
        try:
            yield
        finally:
            self._space.clear()
            self._space.update(before)
            self._reached, self._sends = reached

    def reach(self, test: Test) -> None:
        """Run what stands before a test, and bind the names that it reads to what the subject has for them now."""
        block = self._block(test)
        self._names.look_again()
        if block is None:
            if not self._reached:
                self._bind(self._collected)
                self._reached = 1
        else:
            self._run_to(self._blocks.index(block))
            self._bound = frozenset(name for name in block.sends if name in self._space)
        if params := self._params.get(test.locked.name):
            _callspec(test.item).params.update({name: self._names.resolve(value) for name, value in params.items()})

    @contextlib.contextmanager
    def as_main(self) -> Iterator[None]:
        """Be what `__main__` and its own name stand for meanwhile: by these a test has names replaced."""
        names = ("__main__", self.name)
        before = {name: sys.modules[name] for name in names if name in sys.modules}
        sys.modules.update(dict.fromkeys(names, self._main))
        try:
            yield
        finally:
            for name in names:
                sys.modules.pop(name, None)
            sys.modules.update(before)

    def lent(self) -> dict[str, Any]:
        """Return what of the namespace the subject gets copies of, as it is now, and what was set by `__main__`."""
        return self._shared() | self._main.taken()

    def _shared(self) -> dict[str, Any]:
        if not self._sends:
            return {}
        found = {name: self._space[name] for name in self._sends if name in self._space}
        return {name: value for name, value in found.items() if not isinstance(value, Placeholder)}

    def unbound(self) -> list[str]:
        """Return the names that the test at hand has deleted, where later code of the notebook reads them."""
        return sorted(name for name in self._bound if name not in self._space)

    def rebind(self, test: Test, name: str) -> None:
        """Bind a name that a test shares with the submission to what the subject has for it now, if it does."""
        block = self._block(test)
        if block and name in {*block.asks, *self._shared()} and name in self._space:
            with contextlib.suppress(NameError):
                self._space[name] = self._names.afresh(Placeholder(self._target, name))

    def given(self, test: Test) -> Iterator[tuple[str, Any, int]]:
        """Give the judge's own values that a test's block uses, by name, with the number of the block."""
        block = self._block(test)
        if block is not None:
            place = self._blocks.index(block)
            for name in self._own.get(place, ()):
                if name in self._space and not isinstance(self._space[name], _NO_VALUES):
                    yield name, self._space[name], place

    def imports(self, test: Test) -> tuple[str, ...]:
        """Return the imports of a test's cell that later code of the notebook rests on."""
        block = self._block(test)
        return block.imports if block else ()

    def follows(self, test: Test) -> tuple[str, ...]:
        """Return the grade_ids of the tests without whose running this one fails."""
        block = self._block(test)
        return block.follows if block else ()

    @contextlib.contextmanager
    def without_nested(self) -> Iterator[None]:
        """Make the module's tests do nothing when one of them calls another."""
        others = {name: each for name, each in self._space.items() if name in self._tests}
        self._space.update(dict.fromkeys(others, _do_nothing))
        try:
            yield
        finally:
            self._space.update(others)

    def beside(self, test: Test) -> tuple[str, str, str]:
        """Return file, text and name of a test as plain Python, with what it needs of its module and nothing else."""
        name = _function(test)
        return Path(self._path).name, _alone(self._text, name), name

    def _block(self, test: Test) -> Block | None:
        return self._block_of.get(_function(test))

    def _run_to(self, index: int) -> None:
        if not self._reached:
            self._bind({name: value for name, value in self._collected.items() if self._is_earlier(value)})
        for number in range(self._reached, index + 1):
            self._import_again(number)
            self._bind({name: Placeholder(self._target, name) for name in self._blocks[number].asks})
            exec(self._codes[number], self._space)  # noqa: S102 - the instructor's own code
            for name in self._records & self._space.keys():
                self._names.learn(name, self._space[name])
            self._reached, self._sends = number + 1, self._sends.union(self._blocks[number].sends)
        self._import_again(index)
        self._bind({name: Placeholder(self._target, name) for name in self._blocks[index].asks})

    def _import_again(self, number: int) -> None:
        """Give a block the judge's own modules again that an earlier one asked the submission for."""
        earlier = {name for block in self._blocks[:number] for name in block.asks}
        for name in earlier.difference(self._blocks[number].asks):
            if isinstance(self._collected.get(name), ModuleType):
                self._space[name] = self._collected[name]

    def _instead_of(self, value: Any) -> Any:
        """Return what stands in the place of something that the module has imported, or None."""
        if value is sys.modules["__main__"] or type(value) is Notebook:
            return self._main
        return STANDS_FOR.get(id(value))

    def _found(self, name: str) -> Any:
        """Return what a name of the notebook stands for now. Raises AttributeError where it is none."""
        value = self._space.get(name, _NOWHERE)
        if value is not _NOWHERE and not isinstance(value, Placeholder):
            return value
        try:
            return self._names.afresh(Placeholder(self._target, name))
        except NameError:
            raise AttributeError(f"module '__main__' has no attribute {name!r}", name=name) from None

    def _is_earlier(self, value: Any) -> bool:
        """Whether a name stands for something in a module that the graded one is built on."""
        return isinstance(value, Placeholder) and value.module != self._target

    def _bind(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if isinstance(value, Placeholder):
                self._space.pop(name, None)
                with contextlib.suppress(NameError):
                    self._space[name] = self._names.resolve(value)


def scripts(template: Template, grader: Grader) -> dict[str, Script]:
    """Return a grader's modules by their files' paths."""
    found: dict[str, tuple[pytest.Module, list[Test]]] = {}
    for test in (*template.tests, *template.visible):
        module = test.item.getparent(pytest.Module)
        if module is not None:
            found.setdefault(test.path, (module, []))[1].append(test)
    return {path: Script(module, tests, template.names, grader) for path, (module, tests) in found.items()}


@lru_cache(maxsize=16)
def _codes(path: str, blocks: tuple[Block, ...], config: pytest.Config) -> tuple[CodeType, ...]:
    """Return the code of a module's blocks, with pytest's rewritten assertions as in the module itself."""
    lines = linecache.getlines(path)
    tree = ast.parse("".join(lines))
    rewrite_asserts(tree, "".join(lines).encode(), path, config)
    flags = sum(feature for feature in _features(tree))
    return tuple(
        compile(
            ast.Module([node for node in tree.body if block.first <= node.lineno <= block.last], []),
            path, "exec", flags, dont_inherit=True,
        )
        for block in blocks
    )  # fmt: skip


def _features(tree: ast.Module) -> Iterator[int]:
    import __future__  # noqa: PLC0415 - the table of flags

    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            yield from (getattr(__future__, each.name).compiler_flag for each in node.names)


def _alone(text: str, name: str) -> str:
    tree = ast.parse(text)
    kept = {name}
    while wider := {each for node in tree.body if _binds(node) & kept for each in _reads(node)} - kept:
        kept |= wider
    body = [node for node in tree.body if _binds(node) & kept and not _is_pytest(node)]
    for node in ast.walk(ast.Module(body, [])):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.decorator_list = [each for each in node.decorator_list if "pytest" not in ast.unparse(each)]
    return ast.unparse(ast.Module(body, []))


def _binds(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {each.asname or each.name.partition(".")[0] for each in names}
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _reads(node: ast.stmt) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _is_pytest(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import) and [each.name for each in node.names] == ["pytest"]


def _function(test: Test) -> str:
    """Return the name of the function or class that a test is of."""
    return test.locked.name.split("::")[1].partition("[")[0]


def _callspec(item: pytest.Item) -> Any:
    return getattr(item, "callspec", None)


def _do_nothing(*_: object, **__: object) -> None:
    pass
