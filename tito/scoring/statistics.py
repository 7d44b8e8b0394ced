"""A class in numbers, exact."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

from tito.model.grade import Grade
from tito.model.outcome import Status
from tito.model.rubric import Rubric

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class CriterionStatistics:
    """How a class did on one criterion: who passed, and the mean share of its points, of those that are graded.

    `aside` marks an extra or dropped criterion.
    """

    id: str
    passed: int
    share: Decimal
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Statistics:
    """A class's summary over its `counted` grades.

    A refused submission counts as 0 of its points; a broken one, where tito or the machine failed, does not count.
    An incomplete one counts with what it has so far. `bins` are how many scored below 10 %, below 20 % … up to 100 %
    and above. `mean` and `median` are of the final points.
    """

    counted: int
    refused: int
    broken: int
    mean: Decimal
    median: Decimal
    bins: tuple[int, ...]
    criteria: tuple[CriterionStatistics, ...]
    statuses: Mapping[Status, int]
    incomplete: int = 0

    @property
    def hardest(self) -> tuple[CriterionStatistics, ...]:
        """The criteria on which points were lost, those with the smallest share first."""
        lost = [each for each in self.criteria if each.share < 1 and not each.aside]
        return tuple(sorted(lost, key=lambda each: each.share))


def statistics(rubric: Rubric, grades: Sequence[Grade]) -> Statistics:
    """Return the summary of a class."""
    counted = [each for each in grades if not each.broken]
    scores = [each.final for each in counted]
    bins = [0] * BINS
    for each in counted:
        bins[min(int(each.final_percent) // BINS, BINS - 1)] += 1
    return Statistics(
        len(counted),
        sum(bool(each.refusal) for each in grades),
        len(grades) - len(counted),
        sum(scores, Decimal(0)) / len(scores) if scores else Decimal(0),
        Decimal(median(scores)) if scores else Decimal(0),
        tuple(bins),
        tuple(_criterion(place, rubric, counted) for place in range(len(rubric.criteria))),
        Counter(part.status for each in grades for part in each.criteria),
        sum(not each.complete for each in counted),
    )


def _criterion(place: int, rubric: Rubric, grades: Sequence[Grade]) -> CriterionStatistics:
    criterion = rubric.criteria[place]
    parts = [each.criteria[place] for each in grades if not each.criteria[place].pending]
    possible = criterion.points * len(parts)
    earned = sum((each.earned for each in parts), Decimal(0))
    passed = sum(each.status is Status.PASSED for each in parts)
    aside = criterion.extra or bool(criterion.dropped)
    return CriterionStatistics(criterion.id, passed, earned / possible if possible else Decimal(1), aside)
