"""Where the names that tests use come from: from the judge's own copy of given code, or from the submission.

The notebook's statements are followed in their order. The judge's are imports, given functions, and given values and
classes that are not computed from a student's work. The submission's are what solution cells bind or change, what
given statements compute from that, and given classes that it derives from or makes objects of. A name that a test
cell binds is the judge's for all later tests.
"""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tito.locking.origins import (
    RANDOM,
    Kind,
    Origin,
    aliases,
    draws,
    is_pythons,
    libraries,
    looks_at_figures,
    made_classes,
    reach,
)
from tito.locking.parts import Part, Writer
from tito.locking.statements import Definition, Statement
from tito.locking.uses import Use
from tito.model.grader import Source

_BRANCHING: Final = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.Match)


class Move(NamedTuple):
    """A name that is the submission's from a code cell on, counted from 0, whatever its statements say, and why."""

    since: int
    why: str


class Step(NamedTuple):
    """A statement at its place: the number of its part, and whether it runs within a test."""

    part: int
    statement: Statement
    within: bool = False


Needs = dict[str, Origin]


@dataclass(frozen=True, slots=True)
class Trace:
    """What following a notebook's statements tells.

    `steps` are its statements, `taken` the numbers of those outside of test cells that the judge runs for its tests.
    `needs` are the names that each part uses in the judge, with what they stand for there.
    """

    steps: tuple[Step, ...]
    taken: frozenset[int]
    needs: tuple[Mapping[str, Origin], ...]
    futures: tuple[int, ...] = ()

    def asks(self, part: int) -> tuple[str, ...]:
        """Return the names that a part's code takes from the submission."""
        needs = self.needs[part].items()
        return tuple(
            sorted(name for name, each in needs if each.source is Source.SUBMISSION and each.kind != "import")
        )


def trace(parts: Sequence[Part], packages: Collection[str], moved: Mapping[str, Move]) -> Trace:
    """Follow the statements of a notebook.

    `packages` are the course's: what is imported from them is a student's. `moved` are names that a trial has found
    to be the submission's.
    """
    moves = dict(moved)
    while True:
        walk = _Walk(parts, packages, moves)
        walk.run()
        found = {name: move for name, move in walk.found.items() if name not in moves}
        if not found:
            return walk.trace()
        moves |= found


@dataclass(slots=True)
class _Walk:
    """One way through the notebook; `found` are names that this way has shown to be the submission's throughout."""

    parts: Sequence[Part]
    packages: Collection[str]
    moves: Mapping[str, Move]
    found: dict[str, Move] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    known: Needs = field(default_factory=dict)
    needs: dict[int, Needs] = field(default_factory=dict)
    tests: dict[int, list[Needs]] = field(default_factory=dict)
    alike: dict[str, frozenset[str]] = field(default_factory=dict)
    stars: list[int] = field(default_factory=list)
    futures: list[int] = field(default_factory=list)
    bound: dict[str, set[Writer]] = field(default_factory=dict)
    classes: dict[str, bool] = field(default_factory=dict)
    functions: dict[str, list[Statement]] = field(default_factory=dict)

    def run(self) -> None:
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

    def trace(self) -> Trace:
        """Return what was found, once nothing new is."""
        taken: set[int] = set()
        for needs in self.tests.values():
            for each in needs:
                self._take(each, taken)
        per_part: list[Needs] = [{} for _ in self.parts]
        for number, found in self.tests.items():
            for each in found:
                _join(per_part[number], each)
        for number in sorted(taken):
            _join(per_part[self.steps[number].part], self.needs.get(number, {}))
        for each in per_part:
            each.pop(RANDOM, None)
        return Trace(tuple(self.steps), frozenset(taken), tuple(per_part), tuple(self.futures))

    def _take(self, needs: Needs, taken: set[int]) -> None:
        stack = [number for origin in needs.values() for number in origin.made]
        while stack:
            number = stack.pop()
            if number not in taken:
                taken.add(number)
                stack += [each for origin in self.needs.get(number, {}).values() for each in origin.made]

    def _survey(self, part: Part) -> None:
        """Note what can be known of a part before anything is followed."""
        for statement in part.statements:
            effects = statement.effects
            for name in effects.now.binds | effects.later.binds:
                self.bound.setdefault(name, set()).add(part.writer)
            if part.writer is Writer.GIVEN and isinstance(statement.node, Definition):
                self.functions.setdefault(statement.node.name, []).append(statement)
                if isinstance(statement.node, ast.ClassDef):
                    self.classes[statement.node.name] = _is_enum(statement.node)

    def _step(self, part: int, statement: Statement, *, within: bool = False) -> int:
        self.steps.append(Step(part, statement, within))
        return len(self.steps) - 1

    def _move(self, part: int) -> None:
        """Hand over the names that are moved here, with the given functions that write them."""
        due = {name: move for name, move in self.moves.items() if move.since <= part}
        for name, origin in () if not due else list(self.known.items()):
            writes = sorted((origin.does.binds | origin.does.changes) & due.keys())
            # What a test cell binds has no steps of its own.
            if origin.source is Source.JUDGE and origin.made and origin.kind != "import" and (name in due or writes):
                why = due[name].why if name in due else f"it writes {writes[0]}, which is the submission's"
                self.known[name] = Origin(Source.SUBMISSION, why, origin.kind)

    def _lookup(self, name: str) -> Origin | None:
        if name in self.known:
            return self.known[name]
        writers = self.bound.get(name, set())
        if name != RANDOM and not writers & {Writer.GIVEN, Writer.TEST} and not is_pythons(name):
            if self.stars and not writers:
                return Origin(Source.JUDGE, "imported by `*`", "import", tuple(self.stars))
            return Origin(Source.SUBMISSION, "no given cell binds it")
        return None

    def _reach(self, names: Iterable[str], *, broad: bool = False) -> Needs:
        return reach(names, self._lookup, broad=broad)

    def _given(self, number: int) -> None:
        step = self.steps[number]
        effects, node = step.statement.effects, step.statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(number, node)
            return
        self._note_aliases(node)
        runs = self._reach(effects.now.reads - effects.kept)
        looked = runs if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else runs | self._own(effects.kept)
        changes = self._all_changes(effects.now, runs)
        why = self._why_students(step, looked, effects.now.binds | changes)
        if why:
            self._hand_over(effects.now.binds | _does(runs).binds, why, _kind(node))
            self._hand_over(self._without_imports(changes - effects.now.binds), why)
            self._make_objects(step, effects.reads)
            return
        self.needs[number] = self._reach(effects.now.reads | effects.noted, broad=True)
        self._draw(number, effects.now, runs)
        self._bind(number, f"given, {self._place(step)}")
        for name in sorted(changes | self._perhaps_changed(effects.now, runs)):
            self._change(number, name, effects.kept)

    def _solution(self, number: int) -> None:
        step = self.steps[number]
        effects, node = step.statement.effects, step.statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(number, node)
            return
        place = self._place(step)
        self._note_aliases(node)
        changed = self._aliased(effects.now.changes) | effects.later.changes
        self._hand_over(effects.now.binds | effects.later.binds, f"a solution binds it, {place}", _kind(node))
        others = self._without_imports(changed - effects.now.binds)
        for name in (name for name in others if self.known[name].kind == "class"):
            self.found.setdefault(name, Move(0, f"a solution completes it, {place}"))
        self._hand_over(others, f"a solution changes it, {place}")
        self._make_objects(step, effects.reads)

    def _test(self, number: int, part: Part) -> None:
        arranged = part.arranged
        uses = [each.effects for each in (*arranged.above, *arranged.inside)]
        for each in (*arranged.above, *arranged.inside):
            self._compare(part, each)
        for statement in arranged.above:
            self._in_test(self._step(number, statement), part)
        asked = {name for each in arranged.above for name in _parameters(each.node)} & self.known.keys()
        runs = self._reach([*arranged.tests, *asked], broad=True)
        self._need(number, runs)
        later = {name for each in uses for name in each.later.binds}
        for statement in arranged.inside:
            self._in_test(self._step(number, statement, within=True), part)
        for name in sorted(later):
            self.known[name] = Origin(Source.JUDGE, f"the test cell {part.label} binds it", within=True)
        self._give_figures(number, [each.now for each in uses] + [each.later for each in uses])

    def _in_test(self, number: int, part: Part) -> None:
        step = self.steps[number]
        effects, node = step.statement.effects, step.statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(number, node)
            return
        self._need(step.part, self._reach(effects.now.reads | effects.noted, broad=True))
        if step.within:
            # A function that the cell itself defines and calls.
            self._need(step.part, self._reach(effects.later.reads, broad=True))
        runs = self._reach(effects.now.reads)
        within = step.within or (not isinstance(node, Definition) and _students(runs) != "")
        for name in effects.now.binds:
            holds = effects.later.reads | effects.later.binds | effects.kept
            why = f"the test cell {part.label} binds it"
            self.known[name] = Origin(
                Source.JUDGE, why, _kind(node), (), holds, effects.now.reads, effects.later, within
            )

    def _need(self, part: int, needs: Needs) -> None:
        self.tests.setdefault(part, []).append(needs)

    def _give_figures(self, number: int, uses: Iterable[Use]) -> None:
        """Let a test that asks pyplot for figures ask the submission's."""
        reached = [origin.does for each in self.tests.get(number, []) for origin in each.values()]
        for name in {name for use in (*uses, *reached) for name in looks_at_figures(use, self.known)}:
            if self.bound.get(name, set()) & {Writer.GIVEN, Writer.SOLUTION}:
                asked = Origin(Source.SUBMISSION, "the figures that it looks at are the submission's")
                self.tests[number] = [{**needs, name: asked} for needs in self.tests[number]]

    def _compare(self, part: Part, statement: Statement) -> None:
        """Move given values that a test compares with the submission's by `is`: copies would not be the same."""
        for node in ast.walk(statement.node):
            names = _compared(node) & statement.effects.reads
            origins = {name: self.known[name] for name in names if name in self.known}
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
            self.stars.append(number)
            return
        source = Source.SUBMISSION if self._is_courses(node) else Source.JUDGE
        for name, library in libraries(node):
            made: tuple[int, ...] = (number,)
            before = self.known.get(name)
            if before and before.kind == "import" and before.library == library and isinstance(node, ast.Import):
                # `import matplotlib` and `import matplotlib.pyplot` make one name together.
                made = (*before.made, number)
            self.known[name] = Origin(source, f"imported, {self._place(step)}", "import", made, library=library)

    def _is_courses(self, node: ast.Import | ast.ImportFrom) -> bool:
        module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
        return module.partition(".")[0] in self.packages

    def _bind(self, number: int, why: str) -> None:
        """Let the judge's names stand for what a given statement binds them to."""
        statement = self.steps[number].statement
        effects, node = statement.effects, statement.node
        handed = {name for _, name in effects.now.passes}
        callables = {name for name in effects.now.reads if name in self.known and self.known[name].kind != "value"}
        kept = effects.kept & callables if isinstance(node, Definition) else effects.kept
        holds = effects.later.reads | effects.later.binds | kept | (handed & callables)
        maybe = effects.now.reads & callables
        for name in effects.now.binds:
            before = self.known.get(name)
            goes_on = isinstance(node, _BRANCHING) or name in effects.now.reads
            made = before.made if before and before.source is Source.JUDGE and goes_on else ()
            self.known[name] = Origin(
                Source.JUDGE, why, _kind(node), (*made, number), holds - {name}, maybe - {name}, effects.later
            )

    def _change(self, number: int, name: str, holds: Iterable[str]) -> None:
        origin = self.known.get(name)
        if origin and origin.source is Source.JUDGE:
            self.known[name] = origin.changed_by(number, holds)

    def _draw(self, number: int, now: Use, runs: Needs) -> None:
        """Tie a statement that draws from the shared generators to those that did before."""
        if not any(draws(use, self.known) for use in (now, *(each.does for each in runs.values()))):
            return
        before = self.known.get(RANDOM, Origin(Source.JUDGE, ""))
        self.needs[number][RANDOM] = before
        self.known[RANDOM] = before.changed_by(number)

    def _all_changes(self, now: Use, runs: Needs) -> frozenset[str]:
        return self._aliased(now.changes | _does(runs).changes | _does(runs).binds)

    def _perhaps_changed(self, now: Use, runs: Needs) -> frozenset[str]:
        """Return the judge's names that a given statement may change in a way that cannot be seen."""
        touched = now.touches | _does(runs).touches
        kinds = {name: self.known[name].kind for name in touched | now.sets if name in self.known}
        values = {name for name, kind in kinds.items() if kind == "value" or name in now.sets}
        passed = {name for function, name in now.passes if function in self.known and function in self.functions}
        return self._aliased(frozenset(values | {each for each in passed if each in self.known}))

    def _aliased(self, names: frozenset[str]) -> frozenset[str]:
        found, stack = set[str](), list(names)
        while stack:
            name = stack.pop()
            if name not in found:
                found.add(name)
                stack += self.alike.get(name, frozenset())
        return frozenset(found)

    def _note_aliases(self, node: ast.stmt) -> None:
        if not isinstance(node, Definition):
            for name, goes_on, others in aliases(node):
                before = self.alike.get(name, frozenset()) if goes_on else frozenset[str]()
                self.alike[name] = (before | others) - {name}

    def _own(self, names: Iterable[str]) -> Needs:
        return {name: origin for name in names if (origin := self._lookup(name))}

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

    def _without_imports(self, names: Iterable[str]) -> list[str]:
        """Return the names that are known, but for imports: what is changed of a library stays where it is."""
        return [name for name in names if name in self.known and self.known[name].kind != "import"]

    def _hand_over(self, names: Iterable[str], why: str, kind: Kind = "value") -> None:
        for name in names:
            self.known[name] = Origin(Source.SUBMISSION, why, kind)

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
        for name in found:
            self.found.setdefault(name, Move(0, f"the submission makes objects of it, {self._place(step)}"))

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


def _join(needs: Needs, more: Mapping[str, Origin]) -> None:
    """Add what is not there yet; what the submission has goes before."""
    for name, origin in more.items():
        if name not in needs or (origin.source is Source.SUBMISSION and needs[name].source is Source.JUDGE):
            needs[name] = origin


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


def _is_enum(node: ast.ClassDef) -> bool:
    return any(ast.unparse(each).rpartition(".")[2].endswith(("Enum", "Flag")) for each in node.bases)


def _compared(node: ast.AST) -> frozenset[str]:
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
