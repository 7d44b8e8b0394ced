"""One way through a notebook's statements in their order, noting whose each name is and what made it so."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, NamedTuple

from tito.locking.known import Known, Needs
from tito.locking.looks import compared, is_enum, made_classes
from tito.locking.origins import (
    RANDOM,
    Kind,
    Origin,
    draws,
    libraries,
    looks_at_figures,
)
from tito.locking.parts import Part, Writer
from tito.locking.statements import Definition, Statement
from tito.locking.uses import Use
from tito.model.grader import Source
from tito.records import dataclass

_BRANCHING: Final = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.Match)


class Move(NamedTuple):
    """A name that is the submission's from a code cell on, counted from 0, whatever its statements say, and why."""

    since: int
    why: str


class Step(NamedTuple):
    """A statement at its place: the number of its part, and whether it runs within a test."""

    part: int
    statement: Statement
    within: bool


@dataclass(slots=True)
class Walk:
    """One way through the notebook; `found` are names that this way has shown to be the submission's throughout."""

    parts: Sequence[Part]
    packages: Collection[str]
    moves: Mapping[str, Move]
    records: frozenset[str]
    found: dict[str, Move] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    needs: dict[int, Needs] = field(default_factory=dict)
    tests: dict[int, list[Needs]] = field(default_factory=dict)
    futures: list[int] = field(default_factory=list)
    classes: dict[str, bool] = field(default_factory=dict)
    functions: dict[str, list[Statement]] = field(default_factory=dict)

    def run(self) -> None:
        """Follow all statements."""
        for part in self.parts:
            self._survey(part)
        for number, part in enumerate(self.parts):
            self._move(number)
            match part.writer:
                case Writer.GIVEN:
                    for statement in part.statements:
                        self._given(self._step(number, statement))
                case Writer.SOLUTION:
                    for statement in part.statements:
                        self._solution(self._step(number, statement))
                case Writer.TEST:
                    self._test(number, part)

    def _survey(self, part: Part) -> None:
        """Note what can be known of a part before anything is followed."""
        for statement in part.statements:
            effects = statement.effects
            for name in effects.now.binds | effects.later.binds:
                self.known.bound.setdefault(name, set()).add(part.writer)
            if part.writer is Writer.GIVEN and isinstance(statement.node, Definition):
                self.functions.setdefault(statement.node.name, []).append(statement)
                if isinstance(statement.node, ast.ClassDef):
                    self.classes[statement.node.name] = is_enum(statement.node)

    def _step(self, part: int, statement: Statement, *, within: bool = False) -> int:
        self.steps.append(Step(part, statement, within=within))
        return len(self.steps) - 1

    def _move(self, part: int) -> None:
        """Hand over the names that are moved here, with the given functions that write them."""
        due = {name: move for name, move in self.moves.items() if move.since <= part}
        for name, origin in () if not due else list(self.known.names.items()):
            writes = sorted((origin.does.binds | origin.does.changes) & due.keys())
            # What a test cell binds has no steps of its own.
            if origin.source is Source.JUDGE and origin.made and origin.kind != "import" and (name in due or writes):
                why = due[name].why if name in due else f"it writes {writes[0]}, which is the submission's"
                self.known.names[name] = Origin(Source.SUBMISSION, why, origin.kind)

    def _given(self, number: int) -> None:
        step = self.steps[number]
        effects, node = step.statement.effects, step.statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(number, node)
            return
        self.known.note_aliases(node)
        runs = self.known.reach(effects.now.reads - effects.kept)
        looked = (
            runs if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else runs | self.known.own(effects.kept)
        )
        changes = self._all_changes(effects.now, runs)
        why = self._why_students(step, looked, effects.now.binds | changes)
        if why:
            self.known.hand_over(effects.now.binds | _does(runs).binds, why, _kind(node))
            self.known.hand_over(self.known.but_imports(changes - effects.now.binds), why)
            self._make_objects(step, effects.reads)
            return
        self.needs[number] = self.known.reach(effects.now.reads | effects.noted, broad=True)
        self._draw(number, effects.now, runs)
        self._bind(number, f"given, {self._place(step)}")
        for name in sorted(changes | self._perhaps_changed(effects.now, runs)):
            self.known.change(number, name, effects.kept)

    def _solution(self, number: int) -> None:
        step = self.steps[number]
        effects, node = step.statement.effects, step.statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(number, node)
            return
        place = self._place(step)
        self.known.note_aliases(node)
        changed = self.known.aliased(effects.now.changes) | effects.later.changes
        self.known.hand_over(effects.now.binds | effects.later.binds, f"a solution binds it, {place}", _kind(node))
        others = self.known.but_imports(changed - effects.now.binds)
        for name in (name for name in others if self.known.names[name].kind == "class"):
            self.found.setdefault(name, Move(0, f"a solution completes it, {place}"))
        self.known.hand_over(others, f"a solution changes it, {place}")
        self._make_objects(step, effects.reads)

    def _test(self, number: int, part: Part) -> None:
        arranged = part.arranged
        uses = [each.effects for each in (*arranged.above, *arranged.inside)]
        for each in (*arranged.above, *arranged.inside):
            self._compare(part, each)
        for statement in arranged.above:
            self._in_test(self._step(number, statement), part)
        asked = {name for each in arranged.above for name in _parameters(each.node)} & self.known.names.keys()
        # Whatever comes may hold one.
        asked |= {*self.judges_records()}
        runs = self.known.reach([*arranged.tests, *asked], broad=True)
        self._need(number, runs)
        later = {name for each in uses for name in each.later.binds}
        for statement in arranged.inside:
            self._in_test(self._step(number, statement, within=True), part)
        for name in sorted(later):
            self.known.names[name] = Origin(Source.JUDGE, f"the test cell {part.label} binds it", within=True)
        self._give_figures(number, [each.now for each in uses] + [each.later for each in uses])

    def _in_test(self, number: int, part: Part) -> None:
        step = self.steps[number]
        effects, node = step.statement.effects, step.statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(number, node)
            return
        self._need(step.part, self.known.reach(effects.now.reads | effects.noted, broad=True))
        if step.within:
            # A function that the cell itself defines and calls.
            self._need(step.part, self.known.reach(effects.later.reads, broad=True))
        runs = self.known.reach(effects.now.reads)
        within = step.within or (not isinstance(node, Definition) and _students(runs) != "")
        for name in effects.now.binds:
            holds = effects.later.reads | effects.later.binds | effects.kept
            why = f"the test cell {part.label} binds it"
            self.known.names[name] = Origin(
                Source.JUDGE, why, _kind(node), (), holds, effects.now.reads, effects.later, within
            )

    def _need(self, part: int, needs: Needs) -> None:
        self.tests.setdefault(part, []).append(needs)

    def _give_figures(self, number: int, uses: Iterable[Use]) -> None:
        """Let a test that asks pyplot for figures ask the submission's."""
        reached = [origin.does for each in self.tests.get(number, []) for origin in each.values()]
        for name in {name for use in (*uses, *reached) for name in looks_at_figures(use, self.known.names)}:
            if self.known.bound.get(name, set()) & {Writer.GIVEN, Writer.SOLUTION}:
                asked = Origin(Source.SUBMISSION, "the figures that it looks at are the submission's")
                self.tests[number] = [{**needs, name: asked} for needs in self.tests[number]]

    def _compare(self, part: Part, statement: Statement) -> None:
        """Move given values that a test compares with the submission's by `is`: copies would not be the same."""
        for node in ast.walk(statement.node):
            names = compared(node) & statement.effects.reads
            origins = {name: self.known.names[name] for name in names if name in self.known.names}
            if not any(each.source is Source.SUBMISSION for each in origins.values()):
                continue
            why = f"a test compares it by `is`, {part.place(statement.line_of(node))}"
            for name, origin in origins.items():
                if origin.source is Source.JUDGE and origin.kind == "value" and origin.made:
                    self.found.setdefault(name, Move(0, why))

    def _import(self, number: int, node: ast.Import | ast.ImportFrom) -> None:
        step = self.steps[number]
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            self.futures.append(number)
            return
        if step.statement.effects.star and not self._is_courses(node):
            self.known.stars.append(number)
            return
        source = Source.SUBMISSION if self._is_courses(node) else Source.JUDGE
        for name, library in libraries(node):
            made: tuple[int, ...] = (number,)
            before = self.known.names.get(name)
            if before and before.kind == "import" and before.library == library and isinstance(node, ast.Import):
                # `import matplotlib` and `import matplotlib.pyplot` make one name together.
                made = (*before.made, number)
            self.known.names[name] = Origin(source, f"imported, {self._place(step)}", "import", made, library=library)

    def _is_courses(self, node: ast.Import | ast.ImportFrom) -> bool:
        module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        return module.partition(".")[0] in self.packages

    def _bind(self, number: int, why: str) -> None:
        """Let the judge's names stand for what a given statement binds them to."""
        statement = self.steps[number].statement
        effects, node = statement.effects, statement.node
        handed = {name for _, name in effects.now.passes}
        callables = {
            name for name in effects.now.reads if name in self.known.names and self.known.names[name].kind != "value"
        }
        kept = effects.kept & callables if isinstance(node, Definition) else effects.kept
        holds = effects.later.reads | effects.later.binds | kept | (handed & callables)
        maybe = effects.now.reads & callables
        for name in effects.now.binds:
            before = self.known.names.get(name)
            goes_on = isinstance(node, _BRANCHING) or name in effects.now.reads
            made = before.made if before and before.source is Source.JUDGE and goes_on else ()
            self.known.names[name] = Origin(
                Source.JUDGE, why, _kind(node), (*made, number), holds - {name}, maybe - {name}, effects.later
            )

    def _draw(self, number: int, now: Use, runs: Needs) -> None:
        """Tie a statement that draws from the shared generators to those that did before."""
        if not any(draws(use, self.known.names) for use in (now, *(each.does for each in runs.values()))):
            return
        before = self.known.names.get(RANDOM, Origin(Source.JUDGE, ""))
        self.needs[number][RANDOM] = before
        self.known.names[RANDOM] = before.changed_by(number)

    def _all_changes(self, now: Use, runs: Needs) -> frozenset[str]:
        return self.known.aliased(now.changes | _does(runs).changes | _does(runs).binds)

    def _perhaps_changed(self, now: Use, runs: Needs) -> frozenset[str]:
        """Return the judge's names that a given statement may change in a way that cannot be seen."""
        touched = now.touches | _does(runs).touches
        kinds = {name: self.known.names[name].kind for name in touched | now.sets if name in self.known.names}
        values = {name for name, kind in kinds.items() if kind == "value" or name in now.sets}
        passed = {
            name for function, name in now.passes if function in self.known.names and function in self.functions
        }
        return self.known.aliased(frozenset(values | {each for each in passed if each in self.known.names}))

    def _why_students(self, step: Step, looked: Needs, writes: frozenset[str]) -> str:
        """Say why what a given statement binds and changes is the submission's; "" where it is not."""
        place = self._place(step)
        due = {name: move for name, move in self.moves.items() if move.since <= step.part}
        for written in sorted(writes & due.keys()):
            return due[written].why
        name = _students(looked)
        if name:
            bound = ", which a test binds" if looked[name].source is Source.JUDGE else ""
            return f"given code computes it from {name}{bound}, {place}"
        later = step.statement.effects.later
        for written in sorted((later.binds | later.changes) & due.keys()):
            return f"it writes {written}, which is the submission's, {place}"
        return ""

    def _make_objects(self, step: Step, reads: Iterable[str]) -> None:
        """Note the given classes of which code that runs in the subject makes objects, also by given functions."""
        found = made_classes(step.statement.node, self.classes) & step.statement.effects.reads
        seen, stack = set[str](), list(reads)
        while stack:
            name = stack.pop()
            passed = name in seen or (name in self.classes and name not in found)
            for statement in () if passed else self.functions.get(name, ()):
                made = made_classes(statement.node, self.classes) & statement.effects.reads
                found |= made
                stack += statement.effects.later.reads | made
            seen |= set() if passed else {name}
        for name in found - self.records:
            self.found.setdefault(name, Move(0, f"the submission makes objects of it, {self._place(step)}"))

    def judges_records(self) -> list[str]:
        """Return the records that are known here and are the judge's."""
        known = self.known.names
        return [name for name in sorted(self.records & known.keys()) if not known[name].is_students]

    def _place(self, step: Step) -> str:
        return self.parts[step.part].place(step.statement.line)


def _students(origins: Mapping[str, Origin]) -> str:
    return next((name for name, origin in origins.items() if origin.is_students), "")


def _does(runs: Mapping[str, Origin]) -> Use:
    """Return what calling any of the judge's functions may do."""
    does = [origin.does for origin in runs.values()]
    empty = frozenset[str]()
    return Use(
        binds=empty.union(*(each.binds for each in does)),
        changes=empty.union(*(each.changes for each in does)),
        touches=empty.union(*(each.touches for each in does)),
    )


def _kind(node: ast.stmt) -> Kind:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Assign(value=ast.Lambda()):
            return "function"
        case ast.ClassDef():
            return "class"
    return "value"


def _parameters(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (each.arg for each in node.args.args)
