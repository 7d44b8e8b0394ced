"""How strong a grader is: which mutants its criteria fail, and which points are free."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tito.audit.words import Mutant
from tito.model.rubric import Rubric
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the locked tests said of a mutant: the criteria that lost points.

    `broken` is True where tito or the machine failed, so that the mutant is neither killed nor a survivor. `by` are
    the criteria that it was judged by: all of them, where that is None.
    """

    mutant: Mutant
    failing: tuple[str, ...]
    broken: bool = False
    by: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CriterionStrength:
    """One criterion against the mutants.

    Of the `tested` mutants of the functions that it tests (it fails one of their mutants at least) it fails
    `killed`, and `alone` are those that no other criterion fails; None where others were not asked, and those alone
    are counted that it has judged. `stub` is what the bare stub earns of `points`.
    """

    id: str
    title: str
    points: Decimal
    tested: int
    killed: int
    alone: int | None
    stub: Decimal


@dataclass(frozen=True, slots=True)
class Audit:
    """One module's grader, measured.

    `mutants` counts those that are mistakes: all but the `equivalent` ones. `seconds` is what judging took. `known`
    counts the rubric's known mistakes; `stale` says that how they fail is not what was recorded. `fooled` names what
    a subject that answers everything in one way would earn: the test, and the way.
    """

    module: str
    mutants: int
    killed: int
    equivalent: int
    broken: int
    criteria: tuple[CriterionStrength, ...]
    survivors: tuple[Mutant, ...]
    seconds: float
    known: int = 0
    stale: bool = False
    fooled: tuple[str, ...] = ()

    @property
    def percent(self) -> Decimal:
        """The share of mutants that the grader kills, out of 100; all of them where there are none."""
        return Decimal(100 * self.killed) / self.mutants if self.mutants else Decimal(100)

    @property
    def free(self) -> tuple[CriterionStrength, ...]:
        """The criteria whose points no mutant can lose, or that the bare stub earns."""
        return tuple(each for each in self.criteria if each.points and (not each.killed or each.stub))


def strength(rubric: Rubric, verdicts: Sequence[Verdict], stub: Mapping[str, Decimal], seconds: float = 0.0) -> Audit:
    """Return what the verdicts on all mutants say of a grader; `stub` is what the bare stub earns by criterion."""
    equal = {each.id for each in rubric.mutants.equivalent}
    told = [each for each in verdicts if each.mutant.id not in equal and not each.broken]
    return Audit(
        rubric.module,
        len(told),
        sum(bool(each.failing) for each in told),
        sum(each.mutant.id in equal for each in verdicts),
        sum(each.broken for each in verdicts),
        tuple(
            _criterion(each.id, each.title, each.points, told, stub.get(each.id, Decimal(0)))
            for each in rubric.criteria
            if not each.manual
        ),
        tuple(each.mutant for each in told if not each.failing),
        seconds,
    )


def _criterion(name: str, title: str, points: Decimal, told: Sequence[Verdict], stub: Decimal) -> CriterionStrength:
    judged = [each for each in told if each.by is None or name in each.by]
    killed = [each for each in judged if name in each.failing]
    parts = {each.mutant.part for each in killed}
    tested = sum(each.mutant.part in parts for each in judged)
    whole = all(each.by is None for each in told)
    alone = sum(each.failing == (name,) for each in killed) if whole else None
    return CriterionStrength(name, title, points, tested, len(killed), alone, stub)
