"""Where the names that tests use come from: from the judge's own copy of given code, or from the submission.

The notebook's statements are followed in their order. The judge's are imports, given functions, and given values and
classes that are not computed from a student's work. The submission's are what solution cells bind or change, what
given statements compute from that, and given classes that it derives from or makes objects of. A name that a test
cell binds is the judge's for all later tests.
"""

from collections.abc import Collection, Mapping, Sequence

from tito.locking.known import Needs
from tito.locking.origins import RANDOM, Origin
from tito.locking.parts import Part
from tito.locking.records import records
from tito.locking.walk import Move, Step, Walk
from tito.model.grader import Source
from tito.records import dataclass

__all__ = ["Move", "Trace", "trace"]


@dataclass(frozen=True, slots=True)
class Trace:
    """What following a notebook's statements tells.

    `steps` are its statements, `taken` the numbers of those outside of test cells that the judge runs for its tests.
    `needs` are the names that each part uses in the judge, with what they stand for there. `records` are the judge's
    given classes whose objects cross by value.
    """

    steps: tuple[Step, ...]
    taken: frozenset[int]
    needs: tuple[Mapping[str, Origin], ...]
    futures: tuple[int, ...] = ()
    records: tuple[str, ...] = ()

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
    moves, own = dict(moved), records(parts)
    while True:
        walk = Walk(parts, packages, moves, own)
        walk.run()
        found = {name: move for name, move in walk.found.items() if name not in moves}
        if not found:
            return _traced(walk)
        moves |= found


def _traced(walk: Walk) -> Trace:
    taken: set[int] = set()
    for needs in walk.tests.values():
        for each in needs:
            _take(walk, each, taken)
    per_part: list[Needs] = [{} for _ in walk.parts]
    for number, found in walk.tests.items():
        for each in found:
            _join(per_part[number], each)
    for number in sorted(taken):
        _join(per_part[walk.steps[number].part], walk.needs.get(number, {}))
    for each in per_part:
        each.pop(RANDOM, None)
    return Trace(
        tuple(walk.steps), frozenset(taken), tuple(per_part), tuple(walk.futures), tuple(walk.judges_records())
    )


def _take(walk: Walk, needs: Needs, taken: set[int]) -> None:
    stack = [number for origin in needs.values() for number in origin.made]
    while stack:
        number = stack.pop()
        if number not in taken:
            taken.add(number)
            stack += [each for origin in walk.needs.get(number, {}).values() for each in origin.made]


def _join(needs: Needs, more: Mapping[str, Origin]) -> None:
    """Add what is not there yet; what the submission has goes before."""
    for name, origin in more.items():
        if name not in needs or (origin.source is Source.SUBMISSION and needs[name].source is Source.JUDGE):
            needs[name] = origin
