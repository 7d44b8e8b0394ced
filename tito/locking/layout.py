"""How a grader's test module is laid out: imports first, then a block for each cell that lends or tests something."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from tito.locking.names import Trace
from tito.locking.origins import libraries
from tito.locking.parts import Part, Writer
from tito.locking.sends import imports, sends
from tito.locking.statements import Definition, Statement
from tito.locking.test_cells import is_named_as_test
from tito.locking.wrapping import wrapped
from tito.model.grader import Block, NameSource
from tito.records import dataclass

_WIDTH: Final = 100
_DISPLAY: Final = 'def display(*_, **__):\n    """Show nothing: nobody looks."""'
_HELD_BACK: Final = "# pytest would take these for tests; tito binds them when a test runs."


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A module as it was laid out; `cells` are the numbers, among the code cells, of those that its blocks are of."""

    text: str
    blocks: tuple[Block, ...]
    names: tuple[NameSource, ...]
    cells: tuple[int, ...]


class Layout:
    """The module of a notebook's parts, as their trace says what each needs."""

    def __init__(self, parts: Sequence[Part], trace: Trace) -> None:
        self.parts = parts
        self._trace = trace
        self._lifted = frozenset(self._at_the_top())
        self._standing = self._chosen()
        self._used = {
            name
            for part in parts
            for each in part.statements
            for name in (*each.effects.now.binds, *each.effects.reads, *part.arranged.tests)
        }
        self._wrappers = {place: self._named(part) for place, part in enumerate(parts) if part.arranged.inside}

    def write(self, title: str, target: str) -> LaidOut:
        """Return the module's text, its blocks with their lines, and where the names of each come from."""
        chunks, blocks, names, cells = [self._head(title, target)], list[Block](), list[NameSource](), list[int]()
        line = chunks[0].count("\n") + 1
        for place, part in enumerate(self.parts):
            if body := self._body(place):
                text = f"# %% {part.cell.grade_id}".rstrip() + f"\n{body}"
                first, line = line + 3, line + 3 + text.count("\n")
                names += self._names(place, len(blocks))
                blocks.append(self._block(place, first, line))
                chunks.append(text)
                cells.append(place)
        text = "\n\n\n".join([*chunks, *self._tail()]) + "\n"
        return LaidOut(text, tuple(blocks), tuple(names), tuple(cells))

    def bindings(self) -> Iterator[str]:
        """Yield the names that blocks bind as they are collected, as often as they do."""
        for place in range(len(self.parts)):
            for statement in self._standing[place]:
                yield from sorted(statement.effects.now.binds)

    def places(self) -> Iterator[tuple[str, str]]:
        """Yield each test function and class with its path:line in the source."""
        for place, part in enumerate(self.parts):
            for statement in part.arranged.above:
                if isinstance(statement.node, Definition) and statement.node.name in part.arranged.tests:
                    yield statement.node.name, part.place(statement.line)
            if part.arranged.inside:
                yield self._wrappers[place], part.place(part.arranged.inside[0].line)

    def _block(self, place: int, first: int, last: int) -> Block:
        part, asks = self.parts[place], self._trace.asks(place)
        solved = [each.label for each in self.parts[:place] if each.writer is Writer.SOLUTION]
        after = solved[-1] if solved else ""
        if part.writer is not Writer.TEST:
            return Block(first, last, asks=asks, after=after)
        tests = (*part.arranged.tests, *([self._wrappers[place]] if part.arranged.inside else ()))
        given = sends(self.parts, place, self._trace)
        return Block(first, last, part.label, tests, asks, given, imports(self.parts, place), after)

    def _names(self, place: int, block: int) -> Iterator[NameSource]:
        for name, origin in sorted(self._trace.needs[place].items()):
            yield NameSource(name, block, origin.source, origin.why)

    @property
    def _asked(self) -> list[str]:
        return sorted({name for place in range(len(self.parts)) for name in self._trace.asks(place)})

    def _head(self, title: str, target: str) -> str:
        steps = self._trace.steps
        lines = list(dict.fromkeys(steps[number].statement.text for number in sorted(self._lifted)))
        lines += [line for line in dict.fromkeys(self._inner()) if line not in lines]
        needed = [*(["import asyncio"] if self._awaits() else []), "import pytest"]
        lines += [line for line in needed if line not in lines]
        # What the judge imports as well, a block that asks for the submission's gets where it runs.
        asked = sorted({*self._asked} - self._imports())
        lines += [_import_from(target, asked)] if asked else []
        futures = sorted({steps[number].statement.text for number in self._trace.futures})
        head = f"{title}\n\n" + "\n".join([*futures, *lines])
        return f"{head}\n\n\n{_DISPLAY}" if self._shows() else head

    def _inner(self) -> Iterator[str]:
        """Yield imports of modules within libraries that tests use: the notebook's own make them attributes."""
        nodes = [self._trace.steps[number].statement.node for number in sorted(self._lifted)]
        aliases = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        bound = {alias.name.partition(".")[0]: bool(alias.asname) for alias in aliases}
        for name in (name for step in self._trace.steps for name in _modules(step.statement.node)):
            if name.partition(".")[0] in bound and "." in name and name not in {alias.name for alias in aliases}:
                yield f"import {name}{' as _' if bound[name.partition('.')[0]] else ''}"

    def _awaits(self) -> bool:
        return any(each.awaits for place, part in enumerate(self.parts) for each in self._all(place, part))

    def _shows(self) -> bool:
        """Whether code of the judge's calls what only Jupyter has."""
        bound = any("display" in each.effects.now.binds for part in self.parts for each in part.statements)
        reads = (each.effects.reads for place, part in enumerate(self.parts) for each in self._all(place, part))
        return not bound and any("display" in names for names in reads)

    def _all(self, place: int, part: Part) -> Iterable[Statement]:
        return (*self._standing[place], *part.arranged.inside)

    def _tail(self) -> Iterator[str]:
        """Yield what keeps pytest from names at the module's top that it would take for tests."""
        others = {*self._asked, *self._imports()} - set(self.bindings())
        names = sorted(name for name in others if name.startswith(("test", "Test")))
        if names:
            yield f"{_HELD_BACK}\ndel {', '.join(names)}"

    def _imports(self) -> frozenset[str]:
        """Return the names that the imports at the module's top bind."""
        return frozenset(
            name for number in self._lifted for name in self._trace.steps[number].statement.effects.now.binds
        )

    def _at_the_top(self) -> Iterator[int]:
        """Yield the imports that can stand at the module's top: nothing else binds their names."""
        binders: dict[str, set[str]] = {}
        for step in self._trace.steps:
            node = step.statement.node
            told = dict(libraries(node)) if isinstance(node, ast.Import | ast.ImportFrom) else {}
            for name in step.statement.effects.now.binds | step.statement.effects.later.binds:
                binders.setdefault(name, set()).add(told.get(name, ""))
        for number in self._trace.taken:
            statement = self._trace.steps[number].statement
            names = statement.effects.now.binds
            if statement.is_import and names and all(len(binders[name]) == 1 for name in names):
                yield number

    def _chosen(self) -> list[list[Statement]]:
        """Return for each part the statements that stand in its block, outside of its one test of bare statements."""
        found: list[list[Statement]] = [[] for _ in self.parts]
        for number, step in enumerate(self._trace.steps):
            own = self.parts[step.part].writer is Writer.TEST and not step.statement.is_import
            if (own or number in self._trace.taken) and number not in self._lifted and not step.within:
                found[step.part].append(step.statement)
        return found

    def _body(self, place: int) -> str:
        part, mark = self.parts[place], _mark(self.parts[place])
        pieces = [self._piece(part, each, mark) for each in self._standing[place]]
        if part.arranged.inside:
            pieces.append((f"{mark}\n{wrapped(self._wrappers[place], part.arranged.inside, credit=True)}", True))
        return _joined(pieces)

    def _piece(self, part: Part, statement: Statement, mark: str) -> tuple[str, bool]:
        """Return a statement's text and whether blank lines part it from others."""
        node = statement.node
        if statement.awaits:
            name = self._unused(f"cell_{node.lineno}")
            return f"{wrapped(name, [statement])}\n\n\n{name}()", True
        if not isinstance(node, Definition):
            return statement.text, False
        if node.name in part.arranged.tests:
            return f"{mark}\n{statement.text}", True
        text = f"{statement.text}\n\n\n{node.name}.__test__ = False" if is_named_as_test(node) else statement.text
        return text, True

    def _named(self, part: Part) -> str:
        """Return a name for the test that a cell's bare statements become; no other may take it."""
        name = self._unused("test_" + re.sub(r"\W", "_", part.label).removeprefix("test_"))
        self._used.add(name)
        return name

    def _unused(self, name: str) -> str:
        free, number = name, 2
        while free in self._used:
            free, number = f"{name}_{number}", number + 1
        return free


def _modules(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    return (node.module,) if isinstance(node, ast.ImportFrom) and node.module and not node.level else ()


def _mark(part: Part) -> str:
    points = (part.cell.grading and part.cell.grading.points) or Decimal(0)
    worth = int(points) if points == points.to_integral_value() else points
    return f"@pytest.mark.criterion({json.dumps(part.label, ensure_ascii=False)}, points={worth})"


def _joined(pieces: Iterable[tuple[str, bool]]) -> str:
    """Join statements line by line, definitions with two blank lines around them."""
    text, was_apart = "", False
    for piece, apart in pieces:
        text += (("\n\n\n" if apart or was_apart else "\n") if text else "") + piece
        was_apart = apart
    return text


def _import_from(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
