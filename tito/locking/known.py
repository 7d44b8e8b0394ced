"""What is known of a notebook's names at the place that has been reached."""

import ast
from collections.abc import Iterable
from dataclasses import field

from tito.locking.origins import RANDOM, Kind, Origin, aliases, is_pythons, reach
from tito.locking.parts import Writer
from tito.locking.statements import Definition
from tito.model.grader import Source
from tito.records import dataclass

Needs = dict[str, Origin]


@dataclass(slots=True)
class Known:
    """The `names` that are bound here, with what they stand for.

    `bound` says who binds a name anywhere, `alike` which names stand for (parts of) the same object, `stars` are the
    steps that import everything of a module.
    """

    names: Needs = field(default_factory=dict)
    bound: dict[str, set[Writer]] = field(default_factory=dict)
    alike: dict[str, frozenset[str]] = field(default_factory=dict)
    stars: list[int] = field(default_factory=list)

    def lookup(self, name: str) -> Origin | None:
        """Return what a name stands for; None where nothing does yet, or Python itself."""
        if name in self.names:
            return self.names[name]
        writers = self.bound.get(name, set())
        if name == RANDOM or writers & {Writer.GIVEN, Writer.TEST} or is_pythons(name):
            return None
        if self.stars and not writers:
            return Origin(Source.JUDGE, "imported by `*`", "import", tuple(self.stars))
        return Origin(Source.SUBMISSION, "no given cell binds it")

    def reach(self, names: Iterable[str], *, broad: bool = False) -> Needs:
        """Return the names that using `names` may read; with `broad`, rather one too many."""
        return reach(names, self.lookup, broad=broad)

    def own(self, names: Iterable[str]) -> Needs:
        """Return what names stand for, and no further."""
        return {name: origin for name in names if (origin := self.lookup(name))}

    def hand_over(self, names: Iterable[str], why: str, kind: Kind = "value") -> None:
        """Make names the submission's from here on."""
        for name in names:
            self.names[name] = Origin(Source.SUBMISSION, why, kind)

    def change(self, step: int, name: str, holds: Iterable[str]) -> None:
        """Note that a step of the judge's changes what a name of the judge's stands for."""
        origin = self.names.get(name)
        if origin and origin.source is Source.JUDGE:
            self.names[name] = origin.changed_by(step, holds)

    def but_imports(self, names: Iterable[str]) -> list[str]:
        """Return the names that are known and no imports: what is changed of a library stays the library's."""
        return [name for name in names if name in self.names and self.names[name].kind != "import"]

    def note_aliases(self, node: ast.stmt) -> None:
        """Note which names stand for the same from a statement on."""
        if isinstance(node, Definition):
            return
        for name, goes_on, others in aliases(node):
            before = self.alike.get(name, frozenset()) if goes_on else frozenset[str]()
            self.alike[name] = (before | others) - {name}

    def aliased(self, names: Iterable[str]) -> frozenset[str]:
        """Return names with all that are changed with them."""
        found, stack = set[str](), list(names)
        while stack:
            name = stack.pop()
            if name not in found:
                found.add(name)
                stack += self.alike.get(name, frozenset())
        return frozenset(found)
