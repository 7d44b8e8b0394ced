"""The locked test module: the instructor's tests, with what they need, as one ordinary pytest module of blocks."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from tito.errors import CourseError, Problem
from tito.locking.anchors import unanchored
from tito.locking.names import Move, Trace, trace
from tito.locking.origins import libraries
from tito.locking.parts import Part, Writer, parts
from tito.locking.sends import imports, sends
from tito.locking.statements import Definition, Statement
from tito.locking.test_cells import is_named_as_test
from tito.locking.wrapping import wrapped
from tito.model.document import Document
from tito.model.grader import Block, NameSource
from tito.source.written import Unmarked

_WIDTH: Final = 100
_DISPLAY: Final = 'def display(*_, **__):\n    """Show nothing: nobody looks."""'


@dataclass(frozen=True, slots=True)
class Generated:
    """A grader's test module: its text, its blocks, where its names come from, and notes for its author.

    `unanchored` are the checks of test cells that rest on the submission's word alone, as path:line, by grade_id.
    """

    text: str
    blocks: tuple[Block, ...]
    names: tuple[NameSource, ...]
    notes: tuple[str, ...] = ()
    unanchored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a course says of all its modules: its own packages, and what solution cells without markers are."""

    packages: tuple[str, ...] = ()
    unmarked: Unmarked = ""


def generate(
    document: Document,
    module: str,
    target: str,
    *,
    public: bool = False,
    rules: Rules | None = None,
    moved: Mapping[str, Move] = MappingProxyType({}),
    contract: Mapping[str, str] = MappingProxyType({}),
) -> Generated:
    """Return the pytest module that holds a document's locked tests.

    `target` is the dotted name of the module that a submission becomes: the submission's names are imported from it.
    With `public`, hidden tests are left out. `rules` are the course's, `moved` names that a trial has found to be the
    submission's, `contract` the kinds of the reference's answers. Raises CourseError for what cannot be locked.
    """
    rules = rules or Rules()
    found, notes = parts(document, public=public, unmarked=rules.unmarked)
    roots = {target.partition(".")[0], *rules.packages} - {""}
    book = _Book(found, trace(found, roots, moved))
    _refuse_repeats(document, book)
    edition = "public edition" if public else "full edition"
    title = f'"""Locked tests of {module}, {edition}. Made by `tito lock`; a change by hand is refused."""'
    return replace(book.written(title, target, notes), unanchored=unanchored(found, book.trace, contract))


def grader_module(document: Document, module: str, target: str, *, public: bool = False) -> str:
    """Return the text of the pytest module that holds a document's locked tests; see `generate`."""
    return generate(document, module, target, public=public).text


@dataclass(slots=True)
class _Book:
    """A notebook's parts and what they are to each other, about to be written as a grader."""

    parts: Sequence[Part]
    trace: Trace
    lifted: frozenset[int] = frozenset()
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lifted = frozenset(self._at_the_top())
        statements = [each for part in self.parts for each in part.statements]
        self.used = {name for each in statements for name in (*each.effects.now.binds, *each.effects.reads)}

    def written(self, title: str, target: str, notes: tuple[str, ...]) -> Generated:
        """Return the module, with the line numbers of its blocks."""
        chunks, blocks, places = [self._head(title, target)], list[Block](), dict[int, int]()
        line = chunks[0].count("\n") + 1
        for place, part in enumerate(self.parts):
            body = self._body(place, part)
            if not body:
                continue
            text = f"# %% {part.label}\n{body}" if part.cell.grade_id else f"# %%\n{body}"
            first = line + 3
            line = first + text.count("\n")
            places[len(blocks)] = place
            blocks.append(self._block(place, part, first, line))
            chunks.append(text)
        text = "\n\n\n".join([*chunks, *self._tail()]) + "\n"
        return Generated(text, tuple(blocks), tuple(self._names(places)), notes)

    def body_names(self) -> Iterator[tuple[str, Part, Statement]]:
        """Yield the names that the module's blocks bind as they run, with what binds them."""
        for place, part in enumerate(self.parts):
            for statement in self._statements(place, part):
                yield from ((name, part, statement) for name in sorted(statement.effects.now.binds))

    def _block(self, place: int, part: Part, first: int, last: int) -> Block:
        solved = [each.label for each in self.parts[:place] if each.writer is Writer.SOLUTION]
        after = solved[-1] if solved else ""
        asks = self.trace.asks(place)
        if part.writer is not Writer.TEST:
            return Block(first, last, asks=asks, after=after)
        tests = (*part.arranged.tests, *([self._wrapper(part)] if part.arranged.inside else ()))
        given = sends(self.parts, place, self.trace)
        return Block(first, last, part.label, tests, asks, given, imports(self.parts, place), after)

    def _head(self, title: str, target: str) -> str:
        steps = [self.trace.steps[number] for number in sorted(self.lifted)]
        lines = list(dict.fromkeys(each.statement.text for each in steps))
        lines += [line for line in self._own_imports() if line not in lines]
        asked = sorted({name for place in range(len(self.parts)) for name in self.trace.asks(place)})
        lines += [_import_from(target, asked)] if asked else []
        futures = {each.text for each in (self.trace.steps[number].statement for number in self.trace.futures)}
        head = [title, "\n".join([*sorted(futures), *lines])]
        shows = any("display" in each.effects.reads for _, _, each in self.body_names())
        shows = shows or any("display" in each.effects.reads for part in self.parts for each in part.arranged.inside)
        bound = any("display" in each.effects.now.binds for part in self.parts for each in part.statements)
        return "\n\n".join(head) + (f"\n\n\n{_DISPLAY}" if shows and not bound else "")

    def _own_imports(self) -> Iterator[str]:
        if any(each.awaits for _, part in enumerate(self.parts) for each in self._run(part)):
            yield "import asyncio"
        yield "import pytest"

    def _run(self, part: Part) -> Iterable[Statement]:
        return part.arranged.inside if part.writer is Writer.TEST else part.statements

    def _tail(self) -> Iterator[str]:
        """Yield what keeps pytest from names at the module's top that it would take for tests."""
        bound = {name for name, _, _ in self.body_names()}
        lifted = {name for number in self.lifted for name in self.trace.steps[number].statement.effects.now.binds}
        asked = {name for place in range(len(self.parts)) for name in self.trace.asks(place)}
        names = sorted(name for name in (asked | lifted) - bound if name.startswith(("test", "Test")))
        if names:
            told = "# pytest would take these for tests; tito binds them when a test runs."
            yield f"{told}\ndel {', '.join(names)}"

    def _at_the_top(self) -> Iterator[int]:
        """Yield the imports that can stand at the module's top: nothing else binds their names."""
        binders: dict[str, set[str]] = {}
        for step in self.trace.steps:
            node = step.statement.node
            told = dict(libraries(node)) if isinstance(node, ast.Import | ast.ImportFrom) else {}
            for name in step.statement.effects.now.binds | step.statement.effects.later.binds:
                binders.setdefault(name, set()).add(told.get(name, ""))
        for number in self.trace.taken:
            statement = self.trace.steps[number].statement
            names = statement.effects.now.binds
            if statement.is_import and names and all(len(binders[name]) == 1 for name in names):
                yield number

    def _statements(self, place: int, part: Part) -> Iterator[Statement]:
        """Yield the statements of a part that stand in its block, outside of its one test of bare statements."""
        chosen = part.arranged.above if part.writer is Writer.TEST else part.statements
        numbers = {id(step.statement): number for number, step in enumerate(self.trace.steps) if step.part == place}
        for statement in chosen:
            number = numbers[id(statement)]
            own = part.writer is Writer.TEST and not statement.is_import
            if (own or number in self.trace.taken) and number not in self.lifted:
                yield statement

    def _body(self, place: int, part: Part) -> str:
        mark = _mark(part)
        pieces = [self._piece(part, each, mark) for each in self._statements(place, part)]
        if part.arranged.inside:
            pieces.append((f"{mark}\n{wrapped(self._wrapper(part), part.arranged.inside, credit=True)}", True))
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

    def _wrapper(self, part: Part) -> str:
        name = re.sub(r"\W", "_", part.label).removeprefix("test_")
        return self._unused(f"test_{name}", [*part.arranged.tests, *self._wrappers(part)])

    def _wrappers(self, part: Part) -> Iterator[str]:
        """Yield the names of the tests of bare statements in the cells before a part."""
        for each in self.parts:
            if each is part:
                return
            if each.arranged.inside:
                yield self._wrapper(each)

    def _unused(self, name: str, others: Iterable[str] = ()) -> str:
        taken = self.used | set(others)
        number = 2
        free = name
        while free in taken:
            free, number = f"{name}_{number}", number + 1
        return free

    def _names(self, places: Mapping[int, int]) -> Iterator[NameSource]:
        for block, place in places.items():
            for name, origin in sorted(self.trace.needs[place].items()):
                yield NameSource(name, block, origin.source, origin.why)


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


def _refuse_repeats(document: Document, book: _Book) -> None:
    seen: dict[str, int] = {}
    for name, _, _ in book.body_names():
        seen[name] = seen.get(name, 0) + 1
    for part in book.parts:
        for name in part.arranged.tests:
            if seen[name] > 1:
                what = f"the test {name} is defined twice, so that only the last one would run"
                raise CourseError(Problem(what, "Give each test its own name.", document.path))


def _import_from(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
