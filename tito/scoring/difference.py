"""Two gradings of a class compared: who moves, by which criterion, what it does to the class, and what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from tito.model.grade import Grade
from tito.model.points import points, worth
from tito.model.rubric import Criterion, Rubric
from tito.records import dataclass

Tests = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Shift:
    """What one criterion, or one line below them, gives more or less; `note` says if it is new or gone."""

    id: str
    title: str
    points: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One student's final points before and after; None where there was no grade, or none can be given."""

    student: str
    before: Decimal | None
    after: Decimal | None
    possible: Decimal
    shifts: tuple[Shift, ...] = ()
    broken: bool = False

    @property
    def change(self) -> Decimal:
        """What is gained or lost; nothing where there was no grade before."""
        return Decimal(0) if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """What a regrade would do: `moves` of those whose points change, and `same`, whose do not.

    Means and medians are of the final points of those who have a grade in both. `changes` are in words: what is new
    in rubric and tests.
    """

    moves: tuple[Move, ...]
    same: int
    means: tuple[Decimal, Decimal]
    medians: tuple[Decimal, Decimal]
    changes: tuple[str, ...]

    @property
    def up(self) -> int:
        """How many gain points."""
        return sum(each.change > 0 for each in self.moves)

    @property
    def down(self) -> int:
        """How many lose points."""
        return sum(each.change < 0 for each in self.moves)

    @property
    def new(self) -> int:
        """How many have a grade for the first time."""
        return sum(each.before is None and not each.broken for each in self.moves)

    @property
    def broken(self) -> int:
        """How many cannot be graded again by no fault of theirs, and keep what they have."""
        return sum(each.broken for each in self.moves)


def difference(before: Sequence[Grade], after: Sequence[Grade], changes: Iterable[str] = ()) -> Difference:
    """Compare the grades that count with those that would; students who are not graded again are left out."""
    known = {each.student: each for each in before}
    moves = [_move(known.get(each.student), each) for each in after]
    both = [each for each in moves if each.before is not None and each.after is not None]
    first, then = ([_points(each.before) for each in both], [_points(each.after) for each in both])
    changed = tuple(each for each in moves if each.before != each.after or each.shifts or each.broken)
    means, medians = (_mean(first), _mean(then)), (_middle(first), _middle(then))
    return Difference(changed, len(moves) - len(changed), means, medians, tuple(changes))


def rubric_changes(before: Rubric, after: Rubric) -> Iterator[str]:
    """Yield in words what is new in a rubric."""
    old, new = ({each.id: each for each in rubric.criteria} for rubric in (before, after))
    for name, each in new.items():
        if name not in old:
            yield f"criterion {name} is new ({worth(each.points)})"
        else:
            yield from _criterion_changes(old[name], each)
    for name, each in old.items():
        if name not in new:
            yield f"criterion {name} is gone ({worth(each.points)})"
    if before.points != after.points:
        yield f"the total was {points(before.points)} and is {worth(after.points)}"
    if before.late != after.late:
        yield "the late policy has changed"


def test_changes(before: Tests, after: Tests) -> Iterator[str]:
    """Yield in words which tests were added, removed or edited, by criterion; tests are digests by name."""
    for criterion in dict.fromkeys([*after, *before]):
        old, new = before.get(criterion, {}), after.get(criterion, {})
        for name in dict.fromkeys([*new, *old]):
            if old.get(name) != new.get(name):
                what = "added" if name not in old else "removed" if name not in new else "edited"
                yield f"{criterion}: {name} was {what}"


def _criterion_changes(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.points != new.points:
        yield f"criterion {new.id} was worth {points(old.points)} and is worth {worth(new.points)}"
    for name in ("credit", "nested", "kind", "levels", "extra", "dropped"):
        if getattr(old, name) != getattr(new, name):
            reason = f": {new.dropped}" if name == "dropped" and new.dropped else ""
            yield f"criterion {new.id}: `{name}` has changed{reason}"


def _move(before: Grade | None, after: Grade) -> Move:
    first = before.final if before and not before.broken else None
    if after.broken:
        return Move(after.student, first, first, after.possible, broken=True)
    shifts = tuple(_shifts(before, after)) if before else ()
    return Move(after.student, first, after.final, after.possible, shifts)


def _shifts(before: Grade, after: Grade) -> Iterator[Shift]:
    old, new = ({each.criterion.id: each for each in grade.criteria} for grade in (before, after))
    for name in dict.fromkeys([*new, *old]):
        here, there = new.get(name), old.get(name)
        criterion = (here or there or next(iter(new.values()))).criterion
        shift = (here.earned if here else Decimal(0)) - (there.earned if there else Decimal(0))
        note = "new" if there is None else "gone" if here is None else ""
        if shift and not criterion.extra:
            yield Shift(name, criterion.title, shift, note)
    yield from _lines(before, after)


def _lines(before: Grade, after: Grade) -> Iterator[Shift]:
    """Yield what the lines below the criteria give more or less, by their kind."""
    kinds = dict.fromkeys(each.kind for grade in (before, after) for each in grade.adjustments)
    for kind in kinds:
        old, new = (
            sum((each.points for each in grade.adjustments if each.kind is kind), Decimal(0))
            for grade in (before, after)
        )
        if old != new:
            yield Shift(kind.value, {"extra": "extra credit"}.get(kind.value, kind.value), new - old)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values) if values else Decimal(0)


def _middle(values: Sequence[Decimal]) -> Decimal:
    return Decimal(median(values)) if values else Decimal(0)


def _points(value: Decimal | None) -> Decimal:
    return value or Decimal(0)
