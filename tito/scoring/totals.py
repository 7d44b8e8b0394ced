"""A course's totals: each student's weighted mean over the modules, the lowest ones dropped."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from tito.model.grade import Grade
from tito.records import dataclass

_ALL: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each module counts, 1 where nothing is said, and how many of the lowest do not."""

    of: Mapping[str, Decimal]
    drop: int

    def weight(self, module: str) -> Decimal:
        """Return what a module counts."""
        return self.of.get(module, Decimal(1))


@dataclass(frozen=True, slots=True)
class Total:
    """A student's total in percent, exact, and the modules that were dropped; None where nothing counts yet."""

    percent: Decimal | None
    dropped: tuple[str, ...] = ()


def total(grades: Mapping[str, Grade | None], excused: Iterable[str], weights: Weights) -> Total:
    """Return the total of a student's grades by module: what is missing is 0, what is broken or excused is left out.

    The lowest are dropped as they stand, whatever they weigh; of equal ones the lighter, then the first.
    """
    out = set(excused)
    parts = [
        (grade.final_percent if grade else Decimal(0), weights.weight(module), module)
        for module, grade in grades.items()
        if module not in out and weights.weight(module) and not (grade and (grade.broken or grade.excused))
    ]
    parts.sort()
    # One counts in any case.
    gone, kept = _dropped(parts, weights.drop)
    whole = sum((weight for _, weight, _ in kept), Decimal(0))
    if not whole:
        return Total(None)
    return Total(sum((share * weight for share, weight, _ in kept), Decimal(0)) / whole, gone)


def bins(totals: Iterable[Total]) -> tuple[int, ...]:
    """Return how many totals are below 10 %, below 20 % … up to 100 % and above."""
    counts = [0] * 10
    for each in totals:
        if each.percent is not None:
            counts[min(int(each.percent * 10 / _ALL), 9)] += 1
    return tuple(counts)


_Part = tuple[Decimal, Decimal, str]


def _dropped(parts: Sequence[_Part], drop: int) -> tuple[tuple[str, ...], Sequence[_Part]]:
    count = max(min(drop, len(parts) - 1), 0)
    return tuple(module for _, _, module in parts[:count]), parts[count:]
