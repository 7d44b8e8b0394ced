"""Names of a notebook that a statement uses, noted while the statement is read in the order in which it runs."""

import ast
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Final, Literal

from tito.locking.calls import Told
from tito.records import dataclass

_LONGEST: Final = 2_000

Kind = Literal["class", "function", "comprehension"]


@dataclass(frozen=True, slots=True)
class Use:
    """Names of the notebook that code uses: those that it reads, binds (or deletes) and changes in place.

    `touches` belong to methods whose effect is unknown, `sets` to calls that look like settings; `passes` are
    (function, argument) of its calls; `dotted` are (name, attribute).
    """

    reads: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    touches: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    passes: frozenset[tuple[str, str]] = frozenset()
    dotted: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Effects:
    """What a statement does `now`, as it runs, and `later`, when the functions that it defines are called.

    Of what it reads now, `kept` is stored away and used no further (`g = f`). `noted` is read by annotations alone.
    `star` says that it imports whatever a module holds.
    """

    now: Use
    later: Use
    kept: frozenset[str]
    noted: frozenset[str]
    star: bool

    @property
    def reads(self) -> frozenset[str]:
        """All that it reads, now and later."""
        return self.now.reads | self.noted | self.later.reads


@dataclass(slots=True)
class _Uses:
    """A Use in the making; `texts` are strings, which name names where it `reflects`."""

    reads: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)
    sets: set[str] = field(default_factory=set)
    passes: set[tuple[str, str]] = field(default_factory=set)
    dotted: set[tuple[str, str]] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    reflects: bool = False

    def frozen(self) -> Use:
        spoken = self.texts if self.reflects else []
        return Use(
            frozenset(self.reads.union(name for text in spoken for name in _named(text))),
            frozenset(self.binds),
            frozenset(self.changes),
            frozenset(self.touches),
            frozenset(self.sets),
            frozenset(self.passes),
            frozenset(self.dotted),
        )


@dataclass(slots=True)
class _Scope:
    """A scope within the statement: `names` are its own, `outer` those that it declares global."""

    kind: Kind
    names: set[str]
    outer: set[str] = field(default_factory=set)


class Recorder:
    """Notes what is done to names, and passes over those that belong to a scope within the statement."""

    def __init__(self) -> None:
        self.star = False
        self._now, self._later = _Uses(), _Uses()
        self._used: set[str] = set()
        self._noted: set[str] = set()
        self._is_later = False
        self._scopes: list[_Scope] = []
        # What the statement has surely bound by itself so far: reading that takes nothing from outside.
        self._bound: set[str] = set()

    def found(self) -> Effects:
        """Return all that was noted."""
        kept = frozenset(self._now.reads - self._used)
        return Effects(self._now.frozen(), self._later.frozen(), kept, frozenset(self._noted), self.star)

    @property
    def runs_annotations(self) -> bool:
        """Whether an annotation of a variable is looked at here, which within a function it is not."""
        return not self._scopes or self._scopes[-1].kind == "class"

    def read(self, name: str, *, kept: bool = False) -> None:
        """Note that a name is read; `kept` where its value is only stored away."""
        if not self._is_outer(name) or (not self._is_later and name in self._bound):
            return
        self._uses.reads.add(name)
        if not self._is_later and not kept:
            self._used.add(name)

    def bind(self, names: Iterable[str], *, walrus: bool = False) -> None:
        """Note that names are bound; by `:=` within a comprehension, outside of it."""
        passed = {"comprehension"} if walrus else set[str]()
        scope = next((each for each in reversed(self._scopes) if each.kind not in passed), None)
        for name in names:
            if scope is None or name in scope.outer:
                self._uses.binds.add(name)
                self._bound |= set() if self._is_later else {name}
            elif scope.kind == "class":
                scope.names.add(name)

    def change(self, names: Iterable[str]) -> None:
        """Note that what names stand for is changed in place."""
        self._uses.changes |= self._outer(names)

    def call(self, told: Told) -> None:
        """Note what a call may do."""
        self._uses.reflects = self._uses.reflects or told.reflects
        self.change(told.changes)
        self._uses.touches |= self._outer(told.touches)
        self._uses.sets |= self._outer(told.sets)
        self._uses.passes |= {(told.name, each) for each in self._outer(told.passes)}

    def attribute(self, name: str, attribute: str) -> None:
        """Note `name.attribute`."""
        if self._is_outer(name):
            self._uses.dotted.add((name, attribute))

    def text(self, text: str) -> None:
        """Note a string."""
        self._uses.texts.append(text)

    @contextmanager
    def scope(self, kind: Kind, names: Iterable[str], outer: Iterable[str] = ()) -> Iterator[None]:
        """Read a scope with `names` of its own, where `outer` are declared global."""
        self._scopes.append(_Scope(kind, set(names), set(outer)))
        yield
        self._scopes.pop()

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Read what does not run now."""
        before, self._is_later = self._is_later, True
        yield
        self._is_later = before

    @contextmanager
    def perhaps(self) -> Iterator[None]:
        """Read what may not run at all."""
        before, self._bound = self._bound, set(self._bound)
        yield
        self._bound = before

    @contextmanager
    def annotation(self) -> Iterator[None]:
        """Read an annotation."""
        reads, used = set(self._now.reads), set(self._used)
        yield
        if not self._is_later:
            self._noted |= self._now.reads - reads
            self._now.reads, self._used = reads, used

    @contextmanager
    def branch(self, ends: list[set[str]]) -> Iterator[None]:
        """Read one of several branches; what it has bound is added to `ends`."""
        before, self._bound = self._bound, set(self._bound)
        yield
        ends.append(self._bound)
        self._bound = before

    def join(self, ends: list[set[str]]) -> None:
        """Go on where one of several branches has run."""
        self._bound = set.intersection(*ends)

    @property
    def _uses(self) -> _Uses:
        return self._later if self._is_later else self._now

    def _outer(self, names: Iterable[str]) -> set[str]:
        return {name for name in names if self._is_outer(name)}

    def _is_outer(self, name: str) -> bool:
        """Whether a name is the notebook's, not that of a function, a class or a comprehension within."""
        for depth, scope in enumerate(reversed(self._scopes)):
            if name in scope.outer:
                return True
            if name in scope.names and (scope.kind != "class" or depth == 0):
                return False
        return True


def _named(text: str) -> Iterator[str]:
    """Yield the names in a string that may be code or a name."""
    if len(text) > _LONGEST:
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
