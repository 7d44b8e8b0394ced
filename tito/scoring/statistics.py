"""A class in numbers, exact."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from statistics import median
from typing import Final

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Status
from tito.model.rubric import Criterion, Rubric
from tito.records import dataclass

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

    Whoever is excused counts nowhere. A refused submission counts as 0 of its points; a broken one, where tito or the
    machine failed, does not count.
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
    incomplete: int

    @property
    def hardest(self) -> tuple[CriterionStatistics, ...]:
        """The criteria on which points were lost, those with the smallest share first."""
        lost = [each for each in self.criteria if each.share < 1 and not each.aside]
        return tuple(sorted(lost, key=lambda each: each.share))


def statistics(rubric: Rubric, grades: Iterable[Grade]) -> Statistics:
    """Return the summary of a class, whose grades are looked at once, one after the other."""
    scores, bins, statuses = list[Decimal](), [0] * BINS, Counter[Status]()
    refused = incomplete = broken = 0
    tallies = [_Tally(each) for each in rubric.criteria]
    for grade in grades:
        if grade.excused:
            continue
        refused += bool(grade.refusal)
        statuses.update(part.status for part in grade.criteria)
        if grade.broken:
            broken += 1
            continue
        scores.append(grade.final)
        bins[min(int(grade.final_percent) // BINS, BINS - 1)] += 1
        incomplete += not grade.complete
        for tally, part in zip(tallies, grade.criteria, strict=False):
            tally.count(part)
    return Statistics(
        len(scores),
        refused,
        broken,
        sum(scores, Decimal(0)) / len(scores) if scores else Decimal(0),
        Decimal(median(scores)) if scores else Decimal(0),
        tuple(bins),
        tuple(each.result() for each in tallies),
        statuses,
        incomplete,
    )


class _Tally:
    """What a class has earned on one criterion so far."""

    def __init__(self, criterion: Criterion) -> None:
        self._criterion = criterion
        self._graded = self._passed = 0
        self._earned = Decimal(0)

    def count(self, part: CriterionGrade) -> None:
        if not part.pending:
            self._graded += 1
            self._passed += part.status is Status.PASSED
            self._earned += part.earned

    def result(self) -> CriterionStatistics:
        possible = self._criterion.points * self._graded
        share = self._earned / possible if possible else Decimal(1)
        aside = self._criterion.extra or bool(self._criterion.dropped)
        return CriterionStatistics(self._criterion.id, self._passed, share, aside)
